package io.bitwright.rtl

import chisel3._
import chisel3.util._
import io.bitwright.ir.kernel.Kernel

/** The constants of one dot kernel and the MAC and epilogue that compute it; `name` starts the names of all of them. */
private[rtl] class DotStage(name: String, dot: Kernel.Dot) {
  val channels: Int = dot.output.c

  /** Width of the accumulator, from the bounds that lowering derived from the actual weights. */
  private val accumulatorWidth = dot.epilogue.inputs.get(0).interval.signedBits

  private val codes = dot.weights.codes.toSeq

  /** The weights in the kernel's layout. */
  def weights: Seq[Long] = codes

  /** Depthwise weights in the order in which they are used: channel, kernel row, kernel column. */
  def weightsByChannel: Seq[Long] =
    for (channel <- 0 until channels; tap <- 0 until dot.window.taps) yield codes(tap * channels + channel)

  /** A memory of weights. */
  def weight(order: Seq[Long])(index: UInt): SInt = Rom(s"${name}_weight", order, 8)(index)

  /** A memory of biases. */
  def bias(channel: UInt): SInt = Rom(s"${name}_bias", dot.bias.codes.toSeq, accumulatorWidth)(channel)

  def operands: Valid[MacOperands] = Wire(Valid(new MacOperands(accumulatorWidth, channels)))

  /** A MAC and the epilogue behind it. */
  def multiplyAccumulate(operands: Valid[MacOperands]): Valid[CodeResult] = {
    val mac = Module(new Mac(accumulatorWidth, channels))
    val epilogue = Module(new Epilogue(name, dot.epilogue, accumulatorWidth, channels))
    mac.operands := operands
    epilogue.in := mac.result.bits

    val result = Wire(Valid(new CodeResult(channels)))
    result.valid := mac.result.valid
    result.bits.code := epilogue.code
    result.bits.channel := mac.result.bits.channel
    result
  }
}
