package io.bitwright.rtl
package scalar

import chisel3._
import chisel3.util._
import io.bitwright.dataflow.ScalarPipeline
import io.bitwright.ir.scalar.{LookupTable, Opcode, Scalar}
import java.util.Locale
import scala.collection.mutable
import scala.jdk.CollectionConverters._

/** Where a circuit's look-ups come from. */
private[rtl] trait Tables {

  /** Whether the look-up's index is no signal but the stage's own position, which the circuit need not carry along. */
  def isPositional(lookup: Scalar.Value): Boolean

  /** The entry for what entered `cycle` cycles ago, readable from cycle 1 on. */
  def positional(lookup: Scalar.Value, cycle: Int): SInt

  /** The entry at an index, one cycle later. */
  def indexed(table: LookupTable, width: Int, index: UInt): SInt
}

/**
 * Pipelined hardware of a scalar program, cut into cycles as [[ScalarPipeline]] says. A value occupies exactly the
 * signed width its interval needs: an operation is built exactly, then cut or extended to that width, which loses
 * nothing because the value lies in the interval. Operands that are there early wait in registers.
 *
 * @param inputs  by the program's input, within their intervals; used ones only
 * @param inDsp  whether products are DSP blocks
 */
private[rtl] class ScalarCircuit(
    program: Scalar,
    inputs: Map[Scalar.Value, SInt],
    tables: Tables,
    pipeline: Pipeline,
    inDsp: Boolean
) {
  require(!program.hasReals, "an f32 program has no hardware")

  private val timing = ScalarPipeline.of(program)
  private val values = program.values.asScala.toSeq

  /** Signals by value, from the cycle on in which each is there; further ones are delayed. */
  private val signals = mutable.Map.empty[Scalar.Value, mutable.ArrayBuffer[SInt]]

  /** For a positional look-up: the first cycle in which somebody wants it. */
  private val firstUse: Map[Scalar.Value, Int] = values
    .filter(isPositional)
    .map { lookup =>
      val uses = values.filter(_.args.contains(lookup)).map(operandCycle)
      lookup -> (if (program.results.contains(lookup)) uses :+ timing.latencyCycles else uses).min
    }
    .toMap

  values.filterNot(_.isConst).foreach(build)

  /** The results, all in the cycle that the pipeline's latency says. */
  val results: Seq[SInt] = program.results.asScala.map(at(_, timing.latencyCycles)).toSeq

  private def isPositional(value: Scalar.Value) = value.opcode == Opcode.LOOKUP && tables.isPositional(value)

  /** The cycle in which an operation reads its operands, behind their registers where it has operand registers. */
  private def operandCycle(value: Scalar.Value): Int = value.opcode match {
    case Opcode.MUL | Opcode.DIV => timing.at(value).cycle - 1
    case Opcode.LOOKUP           => timing.at(value).cycle - 1
    case _                       => timing.at(value).cycle
  }

  private def readyCycle(value: Scalar.Value): Int = firstUse.getOrElse(value, timing.at(value).cycle)

  /** The signal of a value that entered `cycle` cycles ago. */
  private def at(value: Scalar.Value, cycle: Int): SInt =
    if (value.isConst) {
      BigInt(value.immediate).S(value.interval.signedBits.W)
    } else {
      val known = signals(value)
      while (known.size <= cycle - readyCycle(value)) {
        known += RegEnable(known.last, pipeline.enable).suggestName(s"${nameOf(value)}_${known.size}")
      }
      known(cycle - readyCycle(value))
    }

  private def build(value: Scalar.Value): Unit = {
    val exact = if (value.opcode == Opcode.INPUT) inputs.get(value) else Some(operation(value))
    exact.foreach { signal =>
      val fitted = Widths.fit(signal, value.interval.signedBits).suggestName(nameOf(value))
      signals(value) = mutable.ArrayBuffer(fitted)
    }
  }

  private def operation(value: Scalar.Value): SInt = {
    val cycle = operandCycle(value)
    def operand(k: Int) = at(value.arg(k), cycle)
    value.opcode match {
      case Opcode.LOOKUP if isPositional(value) => tables.positional(value, firstUse(value))
      case Opcode.LOOKUP =>
        val index = Widths.lowBits(operand(0), Memories.addressBits(value.table.size))
        tables.indexed(value.table, value.interval.signedBits, index)
      case Opcode.MUL =>
        val product = Multiplier(operand(0), operand(1), inDsp)
        RegEnable(Widths.fit(product, value.interval.signedBits), pipeline.enable)
      case Opcode.DIV => divide(value, operand(0), cycle)
      case _          => Operation(value, (0 until value.args.size).map(operand))
    }
  }

  /** By a constant, or by one of few divisors through a table of what to multiply with; by many in one step. */
  private def divide(value: Scalar.Value, dividend: SInt, cycle: Int): SInt = {
    val divisors = value.arg(1).interval
    if (!Division.multiplies(value.arg(0).interval, divisors)) {
      RegEnable(Widths.fit(dividend / at(value.arg(1), cycle), value.interval.signedBits), pipeline.enable)
    } else {
      val division = new Division(value.arg(0).interval, divisors.lo to divisors.hi)
      val multiplier = division.multiplier(divisors) { entries =>
        val index = Widths.lowBits(at(value.arg(1), cycle - 1) - divisors.lo.S, Memories.addressBits(entries.size))
        tables.indexed(new LookupTable("reciprocal", entries.toArray), division.multiplierBits, index)
      }
      division.quotient(RegEnable(division.product(dividend, multiplier, inDsp), pipeline.enable))
    }
  }

  private def nameOf(value: Scalar.Value): String = s"v${value.id}_${value.opcode.name.toLowerCase(Locale.ROOT)}"
}
