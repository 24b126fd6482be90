# SPDX-License-Identifier: 0BSD
<#if core.selfTest>
# make check runs the recorded inference in Verilator; make check-verilog in Icarus Verilog, or, with
# SIMULATOR=verilator, the same bench in Verilator 5. Both print PASS or FAIL and cycles.
</#if>
# make lint checks the Verilog; make synth-ecp5 and make synth-xc7 map it with yosys and print its resources.
TOP = ${core.name}
FILES = $(shell cat rtl/files.f)
VERILATOR = verilator
YOSYS = yosys
IVERILOG = iverilog
SIMULATOR = icarus

all: <#if core.selfTest>check<#else>lint</#if>

lint:
	$(VERILATOR) --lint-only -Wall -Wno-UNUSEDSIGNAL -Wno-DECLFILENAME --top-module $(TOP)_axis $(FILES)

<#if core.selfTest>
check: build/verilator/bench
	./build/verilator/bench

build/verilator/bench: $(FILES) tb/$(TOP)_tb.cpp
	mkdir -p build/verilator
	$(VERILATOR) --cc --exe -O3 --x-assign fast --x-initial fast --noassert --top-module $(TOP) --prefix Dut \
	  --Mdir build/verilator -o bench $(FILES) ../../tb/$(TOP)_tb.cpp
	$(MAKE) -C build/verilator -f Dut.mk OPT_FAST=-O2

check-verilog: check-verilog-$(SIMULATOR)

check-verilog-icarus:
	mkdir -p build
	$(IVERILOG) -g2012 -o build/$(TOP)_tb.vvp -s $(TOP)_tb tb/$(TOP)_tb.sv $(FILES)
	vvp -n build/$(TOP)_tb.vvp

check-verilog-verilator:
	mkdir -p build/verilog
	$(VERILATOR) --binary -O3 --x-assign fast --x-initial fast -Wno-fatal --top-module $(TOP)_tb --prefix Bench \
	  --Mdir build/verilog -o bench tb/$(TOP)_tb.sv $(FILES)
	./build/verilog/bench

</#if>
synth-ecp5:
	mkdir -p build
	$(YOSYS) -q -l build/synth-ecp5.log -p "read_verilog -sv $(FILES); synth_ecp5 -top $(TOP); tee -o build/ecp5.txt stat"
	cat build/ecp5.txt

synth-xc7:
	mkdir -p build
	$(YOSYS) -q -l build/synth-xc7.log \
	  -p "read_verilog -sv $(FILES); synth_xilinx -family xc7 -top $(TOP); tee -o build/xc7.txt stat"
	cat build/xc7.txt

clean:
	rm -rf build

.PHONY: all lint <#if core.selfTest>check check-verilog check-verilog-icarus check-verilog-verilator </#if>synth-ecp5 synth-xc7 clean
