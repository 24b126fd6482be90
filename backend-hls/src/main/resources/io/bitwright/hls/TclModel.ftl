# SPDX-License-Identifier: 0BSD
# C simulation, synthesis, co-simulation and IP export of ${network.name}:
#   vitis_hls -f run_hls.tcl            all steps
#   vitis_hls -f run_hls.tcl csynth     up to a step: csim, csynth, cosim, export
# With Vitis 2024.2 and later: vitis-run --mode hls --tcl run_hls.tcl
# Every step that fails ends the script with a status that is not 0.

set here [file dirname [file normalize [info script]]]
set last export
foreach argument $argv {
  if {[lsearch {csim csynth cosim export} $argument] >= 0} { set last $argument }
}

proc step {name body} {
  global last done
  if {[info exists done]} return
  puts "== $name"
  if {[catch {uplevel 1 $body} message]} {
    puts stderr "$name failed: $message"
    exit 1
  }
  if {$name eq $last} { set done 1 }
}

open_project -reset ${network.name}_project
set_top ${network.name}
add_files $here/src/${network.name}.cpp -cflags "-std=c++14 -I$here/src"
add_files -tb $here/tb/${network.name}_tb.cpp -cflags "-std=c++14 -I$here/src -I$here/tb"
open_solution -reset solution -flow_target vivado
set_part ${network.part}
create_clock -period ${network.clockPeriodNs} -name default

step csim { csim_design }
step csynth { csynth_design }
step cosim { cosim_design -rtl verilog }
step export { export_design -format ip_catalog }
exit 0
