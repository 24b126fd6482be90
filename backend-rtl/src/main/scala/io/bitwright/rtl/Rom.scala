package io.bitwright.rtl

import chisel3._
import chisel3.experimental.noPrefix
import chisel3.util._

/**
 * A read-only memory with combinational output. Its content is part of the module: the Verilog needs no file beside it.
 */
private[rtl] class Rom(name: String, entries: Seq[Long], width: Int) extends Module {
  override def desiredName: String = s"${name}_rom"

  val index = IO(Input(UInt(log2Up(entries.size).W)))
  val entry = IO(Output(SInt(width.W)))

  private val literals = entries.map(BigInt(_).S(width.W))
  entry := (if (literals.size == 1) literals.head else VecInit(literals)(index))
}

private[rtl] object Rom {

  /** The entry at `index`, which must lie within the memory, of a new memory. */
  def apply(name: String, entries: Seq[Long], width: Int)(index: UInt): SInt = noPrefix {
    val rom = Module(new Rom(name, entries, width)).suggestName(name)
    rom.index := index
    rom.entry
  }
}
