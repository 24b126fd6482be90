package io.bitwright.rtl

import io.bitwright.dataflow.Stage
import io.bitwright.dataflow.timing.Latency

/** A scalar body over a map, lane by lane. */
private[rtl] class Elementwise(design: Design, stage: Stage.Elementwise) extends PipelinedStage(design, stage) {
  in.ready := enable
  val (beat, _) = LoopCounter(in.fire, stage.output.beatsPerPixel)
  private val code = stage.body.inputs.get(0)
  new LaneBodies(this, stage.body, stage.output, beat, inDsp = true).drive(
    in.fire,
    Widths.codes(in.bits).map(c => Map(code -> Widths.fit(c, code.interval.signedBits))),
    Latency.REGISTER
  )
}
