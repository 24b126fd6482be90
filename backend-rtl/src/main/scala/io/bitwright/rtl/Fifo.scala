package io.bitwright.rtl

import chisel3._
import chisel3.util._

/**
 * A FIFO of beats in registers while it is shallow, else in a memory. A beat is offered in the cycle after it was
 * taken.
 */
private[rtl] class Fifo(design: Design, width: Int, depth: Int) extends Module {
  override def desiredName: String = s"${design.name}_fifo_${width}x$depth"

  val in = IO(Flipped(Decoupled(UInt(width.W))))
  val out = IO(Decoupled(UInt(width.W)))
  val count = IO(Output(UInt(log2Ceil(depth + 1).W)))

  private val beats = RegInit(0.U(count.getWidth.W)).suggestName("beats")
  in.ready := beats =/= depth.U
  out.valid := beats =/= 0.U
  beats := beats + in.fire - out.fire
  count := beats
  if (depth <= Fifo.Shallow) shift() else memory()

  /** The oldest beat lies in the first register. */
  private def shift(): Unit = {
    val held = Reg(Vec(depth, UInt(width.W))).suggestName("held")
    val end = beats - out.fire
    for (i <- 0 until depth) {
      val next = if (i + 1 < depth) Mux(out.fire, held(i + 1), held(i)) else held(i)
      held(i) := Mux(in.fire && end === i.U, in.bits, next)
    }
    out.bits := held.head
  }

  /** The memory's output is the oldest beat; what is written in the cycle that reads it goes round the memory. */
  private def memory(): Unit = {
    val (end, _) = LoopCounter(in.fire, depth)
    val front = RegInit(0.U(log2Ceil(depth).W)).suggestName("front")
    val next = Mux(out.fire, Mux(front === (depth - 1).U, 0.U, front + 1.U), front)
    front := next
    val ram = new Ram("held", depth, width, Memories.wantsBlock(depth, width))
    ram.write(in.fire, end, in.bits)
    val round = RegNext(in.fire && end === next)
    out.bits := Mux(round, RegNext(in.bits), ram.read(next, true.B))
  }
}

private[rtl] object Fifo {

  /** Most beats that are kept in registers. */
  private val Shallow = 4
}
