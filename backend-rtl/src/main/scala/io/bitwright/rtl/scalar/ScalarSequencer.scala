package io.bitwright.rtl
package scalar

import chisel3._
import chisel3.util._
import io.bitwright.ir.scalar.{Opcode, Scalar}
import scala.jdk.CollectionConverters._

/**
 * Runs scalar programs one operation after the other: microcode, a register file with a slot for each value, one unit
 * for each kind of operation. An operation takes four cycles: operands are read; they go to registers; the result
 * does; it is written back while the next instruction is fetched.
 *
 * @param programs  integer programs of one register file
 * @param aliases  inputs that are results of an earlier program
 */
private[rtl] class ScalarSequencer(
    design: Design,
    name: String,
    programs: Seq[Scalar],
    aliases: Map[Scalar.Value, Scalar.Value]
) extends Module {
  override def desiredName: String = s"${design.name}_${name}_sequencer"

  private val code = new Microcode(programs, aliases)
  private val width = code.width
  private val registers = new Pipeline(true.B)

  /** Starts a program in the cycle before its first operation's. */
  val start = IO(Flipped(Valid(UInt(code.addressBits.W))))

  /** Puts an input into its slot; not while a program runs. */
  val write = IO(Flipped(Valid(new SlotWrite(code.slotBits, width))))

  /** High in the last cycle of a program. */
  val done = IO(Output(Bool()))

  /** The result of the last operation. */
  val result = IO(Output(SInt(width.W)))

  private val address = Reg(UInt(code.addressBits.W))
  private val running = RegInit(false.B)
  private val (phase, finished) = LoopCounter(running, 4)
  private val fetched = Mux(start.valid, start.bits, address + 1.U)
  private val instruction = new Fields(
    Rom(design, memory("code"), code.words, code.fieldBits, Memories.wantsBlock(code.words.length, code.wordBits))(
      fetched,
      start.valid || finished
    )
  )
  done := finished && instruction.last
  when(start.valid) { running := true.B }.elsewhen(done) { running := false.B }
  when(start.valid || finished) { address := fetched }

  private def memory(part: String) = s"${name}_$part"

  private class Fields(word: UInt) {
    private def field(i: Int, bits: Int) = word(i * code.fieldBits + bits - 1, i * code.fieldBits)
    val function: UInt = field(0, code.fieldBits)
    val operands: Seq[UInt] = (1 to 3).map(field(_, code.slotBits))
    val fromConstants: UInt = field(4, 3)
    val target: UInt = field(5, code.slotBits)
    val last: Bool = field(6, 1).asBool
  }

  private val writeBack = running && phase === 3.U
  private val value = Wire(SInt(width.W))
  /** Operands as they are read, and in their registers. */
  private val reads: Seq[SInt] = (0 until 3).map { k =>
    val slots = new Ram(s"slots_$k", code.slots, width, block = false)
    slots.write(
      writeBack || write.valid,
      Mux(running, instruction.target, write.bits.slot),
      Mux(running, value, write.bits.data).asUInt
    )
    val variable = slots.read(instruction.operands(k), running && phase === 0.U).asSInt
    val constant = code.constants.fold(0.S(width.W)) { entries =>
      Rom.table(design, memory(s"constants$k"), entries, width)(
        Widths.lowBits(instruction.operands(k).zext, Memories.addressBits(entries.size)),
        running && phase === 0.U
      )
    }
    Mux(instruction.fromConstants(k), constant, variable)
  }
  private val operands: Seq[SInt] = reads.map(registers.delay(_, 1))

  /** By function: what comes out of a register in the cycle after the operands. */
  private val outcomes: Seq[SInt] = code.functions.map { f =>
    val inputs = operands.zip(f.operandBits).map { case (o, bits) => Widths.fit(o, bits) }
    f.value.opcode match {
      case Opcode.LOOKUP =>
        val table = f.value.table
        val index = Widths.lowBits(inputs.head, Memories.addressBits(table.size))
        val name = memory(s"${table.name}${code.functions.indexOf(f)}")
        Rom.table(design, name, table.entries.toSeq, width)(index, true.B)
      case Opcode.MUL => registers.delay(Widths.fit(Multiplier(inputs(0), inputs(1), inDsp = true), width), 1)
      case Opcode.DIV => registers.delay(Widths.fit(quotient(f, inputs), width), 1)
      case Opcode.LOW_BITS => registers.delay(Widths.fit(Operation(f.value, inputs), width), 1)
      case opcode          => registers.delay(Widths.fit(Operation.plain(opcode, inputs), width), 1)
    }
  }

  /** The entry of a table of divisors is read while the operands go to their registers. */
  private def quotient(f: code.Function, inputs: Seq[SInt]): SInt = {
    val divisors = f.value.arg(1).interval
    if (!Division.multiplies(f.value.arg(0).interval, divisors)) {
      inputs.head / inputs(1)
    } else {
      val division = new Division(f.value.arg(0).interval, divisors.lo to divisors.hi)
      val multiplier = division.multiplier(divisors) { entries =>
        val index = Widths.lowBits(reads(1) - divisors.lo.S, Memories.addressBits(entries.size))
        Rom.table(design, memory(s"reciprocal${code.functions.indexOf(f)}"), entries, division.multiplierBits)(
          index,
          true.B
        )
      }
      division.quotient(division.product(inputs.head, multiplier, inDsp = true))
    }
  }

  value := MuxLookup(instruction.function, outcomes.head)(outcomes.zipWithIndex.map { case (o, i) => i.U -> o })
  result := RegEnable(value, writeBack)

  /** Where a program begins. */
  def entry(program: Int): UInt = code.entries(program).U(code.addressBits.W)

  def slot(value: Scalar.Value): UInt = code.slot(value).U(code.slotBits.W)
}

/** A value on its way into a slot. */
private[rtl] class SlotWrite(slotBits: Int, width: Int) extends Bundle {
  val slot = UInt(slotBits.W)
  val data = SInt(width.W)
}
