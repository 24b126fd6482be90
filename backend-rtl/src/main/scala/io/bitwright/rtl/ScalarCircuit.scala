package io.bitwright.rtl

import chisel3._
import chisel3.experimental.noPrefix
import chisel3.util._
import io.bitwright.ir.scalar.{LookupTable, Opcode, Scalar}
import java.util.Locale
import scala.jdk.CollectionConverters._

/**
 * Combinational hardware of a scalar program. A value occupies exactly the signed width its interval needs: an
 * operation is built exactly, then cut or extended to that width, which loses nothing because the value lies in the
 * interval.
 */
private[rtl] object ScalarCircuit {

  /**
   * The results of `program` for the given inputs, both in the program's order. Inputs must lie in their intervals.
   * Tables become memories named after `stage`.
   */
  def apply(stage: String, program: Scalar, inputs: Seq[SInt]): Seq[SInt] = {
    require(!program.hasReals, "an f32 program has no hardware")
    val inputOf = program.inputs.asScala.zip(inputs).toMap
    val signals = program.values.asScala.foldLeft(Map.empty[Scalar.Value, SInt]) { (built, value) =>
      val signal = noPrefix {
        fit(new Operation(stage, value, built, inputOf).exact, value.interval.signedBits).suggestName(nameOf(value))
      }
      built + (value -> signal)
    }
    program.results.asScala.map(signals).toSeq
  }

  /** `signal` in `width` bits; its value must fit. */
  def fit(signal: SInt, width: Int): SInt =
    if (signal.getWidth > width) signal.asUInt(width - 1, 0).asSInt else signal.pad(width)

  private def nameOf(value: Scalar.Value): String = s"v${value.id}_${value.opcode.name.toLowerCase(Locale.ROOT)}"

  /** One value of a program; `built` holds the signals of all earlier values. */
  private class Operation(
      stage: String,
      value: Scalar.Value,
      built: Map[Scalar.Value, SInt],
      inputOf: Map[Scalar.Value, SInt]
  ) {
    private def a = built(value.arg(0))
    private def b = built(value.arg(1))
    private def c = built(value.arg(2))

    /** The value, in whatever width the operation yields it without loss. */
    def exact: SInt = value.opcode match {
      case Opcode.INPUT    => inputOf(value)
      case Opcode.CONST    => BigInt(value.immediate).S(value.interval.signedBits.W)
      case Opcode.ADD      => a +& b
      case Opcode.SUB      => a -& b
      case Opcode.MUL      => a * b
      case Opcode.SHL      => constant(1).fold(a << amount)(a << _.toInt)
      case Opcode.SHR      => constant(1).fold(a >> amount)(a >> _.toInt)
      case Opcode.DIV      => constant(1).fold(a / b)(ConstantDivision(a, value.arg(0).interval, _))
      case Opcode.MIN      => Mux(a < b, a, b)
      case Opcode.MAX      => Mux(a < b, b, a)
      case Opcode.LESS     => (a < b).zext
      case Opcode.SELECT   => Mux(a =/= 0.S, b, c)
      case Opcode.CLZ      => leadingZeros(lowBits(a, 32)).zext
      case Opcode.LOW_BITS => lowBits(a, value.immediate.toInt).zext
      case Opcode.LOOKUP   => lookup(value.table)
      case Opcode.F_CONST | Opcode.F_ADD | Opcode.F_SUB | Opcode.F_MUL | Opcode.F_DIV | Opcode.F_MIN | Opcode.F_MAX |
          Opcode.F_FROM_INT | Opcode.F_TO_INT | Opcode.F_FROM_BITS |
          Opcode.F_TO_BITS =>
        throw new IllegalArgumentException(s"${value.opcode} has no hardware")
    }

    private def constant(k: Int): Option[Long] = Option.when(value.arg(k).interval.isPoint)(value.arg(k).interval.lo)

    /** The shift amount without its sign bit, which is zero. */
    private def amount: UInt = lowBits(b, b.getWidth - 1)

    private def lookup(table: LookupTable): SInt =
      Rom(s"${stage}_${table.name}", table.entries.toSeq, value.interval.signedBits)(lowBits(a, log2Up(table.size)))
  }

  /** The low `width` bits of `signal`, sign extended first where it is shorter. */
  private def lowBits(signal: SInt, width: Int): UInt = signal.pad(width).asUInt(width - 1, 0)

  private def leadingZeros(bits: UInt): UInt = Mux(bits === 0.U, bits.getWidth.U, PriorityEncoder(Reverse(bits)))
}
