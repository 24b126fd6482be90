package io.bitwright.rtl

import chisel3._
import io.bitwright.dataflow.Stage
import io.bitwright.dataflow.timing.Latency

/** A function of 8-bit codes: a table of 256 entries for each lane. */
private[rtl] class Lookup(design: Design, stage: Stage.Lookup) extends PipelinedStage(design, stage) {
  private val map = stage.output
  private val entries = stage.table.codes.toSeq

  in.ready := enable
  val (beat, _) = LoopCounter(in.fire, map.beatsPerPixel)
  private val codes = for ((code, r) <- Widths.codes(in.bits).zipWithIndex) yield {
    // Code -128 is entry 0.
    val index = code.asUInt ^ 128.U
    Rom.table(design, memory(s"table$r"), entries, 8)(index, enable)
  }
  out.valid := pipeline.flag(in.fire, Latency.REGISTER)
  out.bits := IdleLanes.clear(codes, map, pipeline.delay(beat === (map.beatsPerPixel - 1).U, Latency.REGISTER))
}
