# SPDX-License-Identifier: 0BSD
<#if selfTest>
# make builds ${network.name} and ${network.name}_selftest; make check runs the self-test.
<#else>
# make builds ${network.name}, which runs inferences over files.
</#if>
CC = ${compiler}
CFLAGS = ${flags}
NEEDED = -std=c99 -Wall -Wextra<#if network.real> -ffp-contract=off</#if>
OBJECTS = ${network.name}.o ${network.name}_weights.o

all: ${network.name}<#if selfTest> ${network.name}_selftest</#if>

${network.name}: ${network.driver}.o $(OBJECTS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ ${network.driver}.o $(OBJECTS)

<#if selfTest>
${network.name}_selftest: ${network.name}_selftest.o $(OBJECTS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ ${network.name}_selftest.o $(OBJECTS)

check: ${network.name}_selftest
	./${network.name}_selftest

</#if>
%.o: %.c ${network.name}.h ${network.name}_weights.h
	$(CC) $(CFLAGS) $(NEEDED) -c -o $@ $<

clean:
	rm -f ${network.name} ${network.name}_selftest *.o

.PHONY: all check clean
