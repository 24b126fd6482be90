package io.bitwright.rtl

import chisel3._
import chisel3.util._
import io.bitwright.dataflow.Memory

/** The hand-written `bw_rom`, which simulators and synthesis tools map alike. */
private[rtl] class RomModule(depth: Int, width: Int, block: Boolean, file: String)
    extends ExtModule(
      Map(
        "DEPTH" -> IntParam(depth),
        "WIDTH" -> IntParam(width),
        "ADDRESS" -> IntParam(Memories.addressBits(depth)),
        "BLOCK" -> IntParam(if (block) 1 else 0),
        "FILE" -> StringParam(file)
      )
    ) {
  override def desiredName: String = "bw_rom"

  val clock = IO(Input(Clock()))
  val enable = IO(Input(Bool()))
  val address = IO(Input(UInt(Memories.addressBits(depth).W)))
  val data = IO(Output(UInt(width.W)))
}

/** The hand-written `bw_ram`. */
private[rtl] class RamModule(depth: Int, width: Int, block: Boolean)
    extends ExtModule(
      Map(
        "DEPTH" -> IntParam(depth),
        "WIDTH" -> IntParam(width),
        "ADDRESS" -> IntParam(Memories.addressBits(depth)),
        "BLOCK" -> IntParam(if (block) 1 else 0)
      )
    ) {
  override def desiredName: String = "bw_ram"

  val clock = IO(Input(Clock()))
  val write_enable = IO(Input(Bool()))
  val write_address = IO(Input(UInt(Memories.addressBits(depth).W)))
  val write_data = IO(Input(UInt(width.W)))
  val read_enable = IO(Input(Bool()))
  val read_address = IO(Input(UInt(Memories.addressBits(depth).W)))
  val read_data = IO(Output(UInt(width.W)))
}

private[rtl] object Memories {
  def addressBits(depth: Int): Int = math.max(1, log2Ceil(depth))

  /** An address in the width of a port; it must lie within the memory. */
  def fit(address: UInt, port: UInt): UInt = address.pad(port.getWidth)(port.getWidth - 1, 0)

  /** Whether a memory that the plan does not list is worth block RAM. */
  def wantsBlock(depth: Int, width: Int): Boolean = Memory.isWorthABlock(depth, width)

  def isBlock(memory: Memory): Boolean = memory.style == Memory.Style.BLOCK
}

/** A read-only memory whose content is an image of the design. */
private[rtl] object Rom {

  /**
   * What lies at `address`, one enabled cycle later.
   *
   * @param words  as in [[Design.image]]
   * @param block  block RAM or logic
   */
  def apply(design: Design, memory: String, words: Array[Array[Long]], bits: Int, block: Boolean)(
      address: UInt,
      enable: Bool
  ): UInt = {
    val file = design.image(memory, words, bits)
    val rom = Module(new RomModule(words.length, words.head.length * bits, block, file))
    rom.suggestName(memory.substring(memory.lastIndexOf('.') + 1))
    rom.clock := Module.clock
    rom.enable := enable
    rom.address := Memories.fit(address, rom.address)
    rom.data
  }

  /** Of one field a word, in logic unless it is large. */
  def table(design: Design, memory: String, entries: Seq[Long], bits: Int)(address: UInt, enable: Bool): SInt =
    apply(design, memory, entries.map(Array(_)).toArray, bits, Memories.wantsBlock(entries.size, bits))(
      address,
      enable
    ).asSInt
}

/** A memory with one write port and one read port. */
private[rtl] class Ram(name: String, depth: Int, width: Int, block: Boolean) {
  private val ram = Module(new RamModule(depth, width, block)).suggestName(name)
  ram.clock := Module.clock

  def write(enable: Bool, address: UInt, data: UInt): Unit = {
    ram.write_enable := enable
    ram.write_address := Memories.fit(address, ram.write_address)
    ram.write_data := data
  }

  /** What lies at `address`, one enabled cycle later. */
  def read(address: UInt, enable: Bool): UInt = {
    ram.read_enable := enable
    ram.read_address := Memories.fit(address, ram.read_address)
    ram.read_data
  }
}
