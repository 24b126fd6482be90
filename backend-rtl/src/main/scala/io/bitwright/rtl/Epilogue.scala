package io.bitwright.rtl

import chisel3._
import io.bitwright.ir.scalar.Scalar

/** The scalar body of an accumulating stage, combinational: (accumulator, channel) to an 8-bit code. */
private[rtl] class Epilogue(stage: String, program: Scalar, accumulatorWidth: Int, channelCount: Int) extends Module {
  override def desiredName: String = s"${stage}_epilogue"

  val in = IO(Input(new MacResult(accumulatorWidth, channelCount)))
  val code = IO(Output(SInt(8.W)))

  code := ScalarCircuit(stage, program, Seq(in.accumulator, in.channel.zext)).head
}
