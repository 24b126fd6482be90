# SPDX-License-Identifier: 0BSD
# Simulates ${network.name} as C++ with the headers of sim/: needs a C++14 compiler and nothing else.
<#if network.selfTest>
# make check runs a recorded inference; make check-parallel likewise, each stage on its own with FIFOs of their depths.
</#if>
CXX = g++
CXXFLAGS = -O2
FRAMES = 1
NEEDED = -std=c++14 -Wall -Wextra -Isrc -Isim -D${network.macro}_FRAMES=$(FRAMES)
SOURCES = src/${network.name}.cpp tb/${network.name}_tb.cpp
HEADERS = $(wildcard src/*.h sim/*.h tb/*.h)

all: ${network.name}_tb

${network.name}_tb: $(SOURCES) $(HEADERS)
	$(CXX) $(CXXFLAGS) $(NEEDED) -o $@ $(SOURCES)

${network.name}_parallel: $(SOURCES) $(HEADERS)
	$(CXX) $(CXXFLAGS) $(NEEDED) -DBW_PARALLEL -o $@ $(SOURCES)

<#if network.selfTest>
check: ${network.name}_tb
	./${network.name}_tb

check-parallel: ${network.name}_parallel
	./${network.name}_parallel

</#if>
clean:
	rm -f ${network.name}_tb ${network.name}_parallel

.PHONY: all check check-parallel clean
