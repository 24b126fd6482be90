package io.bitwright.rtl

import _root_.circt.stage.ChiselStage
import chisel3.RawModule
import io.bitwright.ir.kernel.SeparableBlock
import io.bitwright.ir.scalar.Scalar
import scala.jdk.CollectionConverters._

/**
 * The only door between Java and Chisel: every method takes and returns Java types only. Equal arguments give equal
 * text.
 */
object ChiselJavaBridge {

  // Verilator 5.006 and yosys 0.23 read neither packed arrays nor locals in always blocks; nothing else may depend on
  // the host.
  private val emission = Array(
    "--default-layer-specialization=disable",
    "--disable-all-randomization",
    "--strip-debug-info",
    "--preserve-values=named",
    "--lowering-options=disallowLocalVariables,disallowPackedArrays,noAlwaysComb"
  )

  /**
   * SystemVerilog of a depthwise + pointwise block with `ifm` and `ofm` byte streams.
   *
   * @param name  of the top module, a legal Verilog identifier
   */
  def depthwisePointwise(name: String, block: SeparableBlock): String = emit(new DepthwisePointwise(name, block))

  /**
   * SystemVerilog of scalar programs behind 64-bit little-endian byte streams: the inputs of all in order, then the
   * results of all. The top module is `ScalarProbe`.
   */
  def scalarProbe(programs: java.util.List[Scalar]): String = emit(new ScalarProbe(programs.asScala.toSeq))

  private def emit(top: => RawModule): String = ChiselStage.emitSystemVerilog(top, firtoolOpts = emission)
}
