package io.bitwright.rtl

import _root_.circt.stage.ChiselStage
import chisel3.RawModule
import io.bitwright.dataflow.DataflowPlan
import io.bitwright.ir.scalar.Scalar
import io.bitwright.rtl.scalar.ScalarProbe
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
   * The accelerator of a plan; its top module has the plan's name.
   *
   * @param probes  whether the top shows what passes through each channel
   */
  def accelerator(plan: DataflowPlan, probes: Boolean): RenderedDesign = {
    val design = new Design(plan.name)
    emit(design, new Accelerator(design, plan, probes))
  }

  /**
   * Scalar programs behind 64-bit little-endian byte streams: the inputs of all in order, then the results of all.
   *
   * @param inDsp  whether products are DSP blocks
   */
  def scalarProbe(name: String, programs: java.util.List[Scalar], inDsp: Boolean): RenderedDesign = {
    val design = new Design(name)
    emit(design, new ScalarProbe(design, programs.asScala.toSeq, inDsp, sequential = false))
  }

  /** The same, each program on a [[ScalarSequencer]]; programs of one result, which is their last operation's. */
  def sequencerProbe(name: String, programs: java.util.List[Scalar]): RenderedDesign = {
    val design = new Design(name)
    emit(design, new ScalarProbe(design, programs.asScala.toSeq, inDsp = true, sequential = true))
  }

  private def emit(design: Design, top: => RawModule): RenderedDesign = {
    val verilog = ChiselStage.emitSystemVerilog(top, firtoolOpts = emission)
    RenderedDesign.of(verilog, design.images.asJava)
  }
}
