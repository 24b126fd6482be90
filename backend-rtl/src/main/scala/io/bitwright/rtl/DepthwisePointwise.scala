package io.bitwright.rtl

import chisel3._
import chisel3.experimental.prefix
import chisel3.util._
import io.bitwright.ir.kernel.SeparableBlock

/**
 * Depthwise convolution, then pointwise convolution, one MAC a cycle each and one after the other: a frame is taken in,
 * then for every output pixel the depthwise stage fills a buffer of one pixel and the pointwise stage empties it. The
 * intermediate feature map never exists. Streams are in raster order, channels fastest, one code a beat; the ifm is
 * taken only between frames.
 */
private[rtl] class DepthwisePointwise(name: String, block: SeparableBlock) extends Module {
  private val shape = block.ifm
  private val window = block.depthwise.window
  private val depthwise = new DotStage("depthwise", block.depthwise)
  private val pointwise = new DotStage("pointwise", block.pointwise)

  override def desiredName: String = name

  val ifm = IO(Flipped(Decoupled(SInt(8.W))))
  val ofm = IO(Decoupled(SInt(8.W)))

  object State extends ChiselEnum { val load, depthwise, pointwise = Value }
  val state = RegInit(State.load)

  val frame = SyncReadMem(shape.sizeBytes, SInt(8.W))
  val pixel = Mem(depthwise.channels, SInt(8.W))

  // Load: the whole feature map.
  ifm.ready := state === State.load
  val (loadAddress, loaded) = LoopCounter(ifm.fire, shape.sizeBytes)
  when(ifm.fire) { frame.write(loadAddress, ifm.bits) }
  when(loaded) { state := State.depthwise }

  // The output pixel both stages work on.
  val pixelDone = WireInit(false.B)
  val (outColumn, rowDone) = LoopCounter(pixelDone, block.ofm.w)
  val (outRow, frameDone) = LoopCounter(rowDone, block.ofm.h)

  prefix("depthwise")(depthwiseStage())
  prefix("pointwise")(pointwiseStage())
  when(pixelDone) { state := Mux(frameDone, State.load, State.depthwise) }

  /**
   * Fills the pixel buffer; a pair reaches the MAC one cycle after its address was issued, the latency of the frame
   * memory.
   */
  private def depthwiseStage(): Unit = {
    val issuing = RegInit(false.B)
    val (tapColumn, tapRowDone) = LoopCounter(issuing, window.kernelW)
    val (tapRow, channelDone) = LoopCounter(tapRowDone, window.kernelH)
    val (_, inChannelDone) = LoopCounter(channelDone, block.multiplier)
    val (inChannel, issued) = LoopCounter(inChannelDone, shape.c)
    val (channel, _) = LoopCounter(channelDone, depthwise.channels)
    val (weightIndex, _) = LoopCounter(issuing, window.taps * depthwise.channels)
    when(loaded || (pixelDone && !frameDone)) { issuing := true.B }
    when(issued) { issuing := false.B }

    val row = position(outRow, window.strideH, tapRow, window.dilationH, window.padding.top)
    val column = position(outColumn, window.strideW, tapColumn, window.dilationW, window.padding.left)
    val inside = row >= 0.S && row < shape.h.S && column >= 0.S && column < shape.w.S
    val address = (row * shape.w.S + column) * shape.c.S + inChannel.zext
    val code = frame.read(ScalarCircuit.fit(address, log2Up(shape.sizeBytes)).asUInt, issuing && inside)

    val operands = depthwise.operands
    operands.valid := RegNext(issuing, false.B)
    operands.bits.data := Mux(RegNext(inside), code, block.depthwise.paddingCode.S)
    operands.bits.weight := RegNext(depthwise.weight(depthwise.weightsByChannel)(weightIndex))
    operands.bits.bias := RegNext(depthwise.bias(channel))
    operands.bits.first := RegNext(tapRow === 0.U && tapColumn === 0.U)
    operands.bits.last := RegNext(channelDone)
    operands.bits.channel := RegNext(channel)

    val result = depthwise.multiplyAccumulate(operands)
    when(result.valid) { pixel.write(result.bits.channel, result.bits.code) }
    when(result.valid && result.bits.channel === (depthwise.channels - 1).U) { state := State.pointwise }
  }

  /** The row or column of the ifm that a tap reads; outside of the map where that is padding. */
  private def position(out: UInt, stride: Int, tap: UInt, dilation: Int, before: Int): SInt =
    (out * stride.U +& tap * dilation.U).zext -& before.S

  /** Empties the pixel buffer; the pair that completes an output waits until the output queue can take it. */
  private def pointwiseStage(): Unit = {
    val outputs = Module(new Queue(SInt(8.W), 2))
    ofm <> outputs.io.deq

    val step = Wire(Bool())
    val (channel, channelsDone) = LoopCounter(step, depthwise.channels)
    val (outChannel, allDone) = LoopCounter(channelsDone, pointwise.channels)
    val (weightIndex, _) = LoopCounter(step, depthwise.channels * pointwise.channels)

    val operands = pointwise.operands
    operands.valid := step
    operands.bits.data := pixel.read(channel)
    operands.bits.weight := pointwise.weight(pointwise.weights)(weightIndex)
    operands.bits.bias := pointwise.bias(outChannel)
    operands.bits.first := channel === 0.U
    operands.bits.last := channel === (depthwise.channels - 1).U
    operands.bits.channel := outChannel

    val result = pointwise.multiplyAccumulate(operands)
    outputs.io.enq.valid := result.valid
    outputs.io.enq.bits := result.bits.code
    step := state === State.pointwise && (!operands.bits.last || (outputs.io.enq.ready && !result.valid))
    pixelDone := allDone
  }
}
