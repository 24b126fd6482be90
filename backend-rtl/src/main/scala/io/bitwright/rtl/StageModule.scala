package io.bitwright.rtl

import chisel3._
import chisel3.util._
import io.bitwright.dataflow.Stage

/** A stage of the accelerator: one stream in, one out. */
private[rtl] abstract class StageModule(val design: Design, stage: Stage) extends Module {
  override def desiredName: String = s"${design.name}_${stage.name}"

  val in = IO(Flipped(Decoupled(UInt((8 * stage.input.lanes).W))))
  val out = IO(Decoupled(UInt((8 * stage.output.lanes).W)))

  val stageName: String = stage.name

  /** The name of one of the stage's memories. */
  def memory(name: String): String = s"${stageName}_$name"
}

/** A stage whose registers all advance unless a result waits to be taken. */
private[rtl] abstract class PipelinedStage(design: Design, stage: Stage) extends StageModule(design, stage) {
  val enable: Bool = !out.valid || out.ready
  val pipeline = new Pipeline(enable)
}

private[rtl] object StageModule {
  def apply(design: Design, stage: Stage): StageModule = stage match {
    case s: Stage.LineBuffer  => new LineBuffer(design, s)
    case s: Stage.Dense       => new Dense(design, s)
    case s: Stage.Depthwise   => new Depthwise(design, s)
    case s: Stage.Pool        => new Pool(design, s)
    case s: Stage.GlobalPool  => new GlobalPool(design, s)
    case s: Stage.Lookup      => new Lookup(design, s)
    case s: Stage.Elementwise => new Elementwise(design, s)
    case s: Stage.Softmax     => new Softmax(design, s)
    case s: Stage.Pad         => new Pad(design, s)
    case s: Stage.Repack      => new Repack(design, s)
  }
}
