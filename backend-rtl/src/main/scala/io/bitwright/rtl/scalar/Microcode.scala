package io.bitwright.rtl
package scalar

import chisel3.util.log2Ceil
import io.bitwright.ir.scalar.{Opcode, Scalar}
import scala.jdk.CollectionConverters._

/**
 * Scalar programs as instructions of a [[ScalarSequencer]].
 *
 * @param aliases  inputs that are results of an earlier program
 */
private[rtl] class Microcode(programs: Seq[Scalar], aliases: Map[Scalar.Value, Scalar.Value]) {

  /**
   * A unit of the sequencer.
   *
   * @param value  one of those that it computes
   * @param operandBits  widths that hold the operands of all of them
   */
  class Function(val value: Scalar.Value, val operandBits: Seq[Int])

  private val values = programs.flatMap(_.values.asScala)
  private val variables = values.filterNot(v => v.isConst || aliases.contains(v))
  private val operations = programs.map(_.values.asScala.toSeq.filterNot(v => v.isConst || v.opcode == Opcode.INPUT))
  require(operations.forall(_.nonEmpty), "a program without operations")

  /** Those that share a unit: of one opcode, and for look-ups, divisions and low bits of one constant. */
  private def kind(v: Scalar.Value): Any = v.opcode match {
    case Opcode.LOOKUP   => v.table
    case Opcode.DIV      => (v.opcode, v.arg(0).interval, v.arg(1).interval)
    case Opcode.LOW_BITS => (v.opcode, v.immediate)
    case opcode          => opcode
  }

  private val kinds = operations.flatten.map(kind).distinct

  val functions: Seq[Function] = kinds.map { k =>
    val own = operations.flatten.filter(kind(_) == k)
    new Function(
      own.head,
      own.head.args.asScala.indices.map(i => own.map(_.arg(i).interval.signedBits).max)
    )
  }

  private val slotOf = variables.zipWithIndex.toMap
  private val constantValues = values.filter(_.isConst).map(_.immediate).distinct

  val slots: Int = variables.size
  val constants: Option[Seq[Long]] = Option.when(constantValues.nonEmpty)(constantValues)

  /** Bits that hold every value. */
  val width: Int = values.map(_.interval.signedBits).max
  val slotBits: Int = math.max(1, log2Ceil(math.max(slots, constantValues.size)))
  private val length = operations.map(_.size).sum
  val addressBits: Int = math.max(1, log2Ceil(length + 1))

  /** Index of each program's first instruction. */
  val entries: Seq[Int] = operations.scanLeft(0)(_ + _.size).init

  /** Bits of an instruction's field. */
  val fieldBits: Int = Seq(slotBits, 3, log2Ceil(functions.size + 1)).max
  val wordBits: Int = 7 * fieldBits

  /** Function, three operands, which of them are constants, target, whether the program ends. */
  val words: Array[Array[Long]] = operations.flatMap(program => program.map(word(_, program.last))).toArray

  def slot(value: Scalar.Value): Int = slotOf(aliases.getOrElse(value, value))

  private def word(v: Scalar.Value, last: Scalar.Value): Array[Long] = {
    val args = v.args.asScala.toSeq
    val places = args.map(a => if (a.isConst) constantValues.indexOf(a.immediate) else slot(a))
    val fields = places.padTo(3, 0).map(_.toLong)
    val flags = args.zipWithIndex.filter(_._1.isConst).map(a => 1L << a._2).sum
    (Seq(kinds.indexOf(kind(v)).toLong) ++ fields ++ Seq(flags, slot(v).toLong, if (v == last) 1L else 0L)).toArray
  }
}
