package io.bitwright.rtl

import chisel3._
import chisel3.util._

/** One product of a dot product on its way to a [[Mac]]; `bias` counts with the first. */
private[rtl] class MacOperands(accumulatorWidth: Int, channelCount: Int) extends Bundle {
  val data = SInt(8.W)
  val weight = SInt(8.W)
  val bias = SInt(accumulatorWidth.W)
  val first = Bool()
  val last = Bool()
  val channel = UInt(log2Up(channelCount).W)
}

/** A finished dot product and the channel it belongs to. */
private[rtl] class MacResult(accumulatorWidth: Int, channelCount: Int) extends Bundle {
  val accumulator = SInt(accumulatorWidth.W)
  val channel = UInt(log2Up(channelCount).W)
}

/** An 8-bit code and the channel it belongs to. */
private[rtl] class CodeResult(channelCount: Int) extends Bundle {
  val code = SInt(8.W)
  val channel = UInt(log2Up(channelCount).W)
}

/**
 * Multiplies and accumulates one pair a cycle. `result` is valid for one cycle, the cycle after the pair marked last.
 * Partial sums may wrap: the finished sum fits the accumulator, so its bits are right.
 */
private[rtl] class Mac(accumulatorWidth: Int, channelCount: Int) extends Module {
  val operands = IO(Flipped(Valid(new MacOperands(accumulatorWidth, channelCount))))
  val result = IO(Valid(new MacResult(accumulatorWidth, channelCount)))

  val accumulator = Reg(SInt(accumulatorWidth.W))
  val channel = Reg(chiselTypeOf(operands.bits.channel))
  when(operands.valid) {
    val start = Mux(operands.bits.first, operands.bits.bias, accumulator)
    accumulator := ScalarCircuit.fit(start +& operands.bits.data * operands.bits.weight, accumulatorWidth)
    channel := operands.bits.channel
  }

  result.valid := RegNext(operands.valid && operands.bits.last, false.B)
  result.bits.accumulator := accumulator
  result.bits.channel := channel
}
