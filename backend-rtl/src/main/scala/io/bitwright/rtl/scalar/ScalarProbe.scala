package io.bitwright.rtl
package scalar

import chisel3._
import chisel3.util._
import io.bitwright.dataflow.ScalarPipeline
import io.bitwright.ir.scalar.{LookupTable, Scalar}
import scala.jdk.CollectionConverters._

/**
 * Scalar programs as a byte-stream module, so that they can be driven without knowing their widths: takes each input of
 * each program as eight bytes, least significant first, and answers with eight bytes of each sign-extended result.
 * Inputs must lie in their intervals.
 *
 * @param inDsp  as [[ScalarCircuit]] has it
 * @param sequential  whether each program runs on a sequencer of its own, which has its last value for a result
 */
private[rtl] class ScalarProbe(design: Design, programs: Seq[Scalar], inDsp: Boolean, sequential: Boolean)
    extends Module {
  override def desiredName: String = design.name

  private val wordBytes = 8

  val ifm = IO(Flipped(Decoupled(SInt(8.W))))
  val ofm = IO(Decoupled(SInt(8.W)))

  val bodies = programs.zipWithIndex.map { case (program, number) =>
    val name = s"body$number"
    Module(
      if (sequential) new SequentialBody(design, name, program)
      else new PipelinedBody(design, name, program, inDsp)
    )
  }
  val inputBytes = Reg(Vec(bodies.map(_.inputs.size).sum * wordBytes, UInt(8.W)))
  val answering = RegInit(false.B)
  val (receiveIndex, received) = LoopCounter(ifm.fire, inputBytes.length)
  when(ifm.fire) { inputBytes(receiveIndex) := ifm.bits.asUInt }

  private val computing = RegInit(false.B)
  private val done = bodies.map(_.done).reduce(_ && _)
  bodies.foreach(_.start := received)
  when(RegNext(received, false.B)) { computing := true.B }
  when(computing && done) {
    computing := false.B
    answering := true.B
  }
  for ((input, bytes) <- bodies.flatMap(_.inputs).zip(inputBytes.grouped(wordBytes))) {
    input := Widths.fit(Cat(bytes.toSeq.reverse).asSInt, input.getWidth)
  }

  val results = VecInit(bodies.flatMap(_.results).map(_.pad(8 * wordBytes).asUInt))
  val (sendByte, wordSent) = LoopCounter(ofm.fire, wordBytes)
  val (sendWord, sent) = LoopCounter(wordSent, results.length)
  when(sent) { answering := false.B }

  ifm.ready := !answering && !computing && !RegNext(received, false.B)
  ofm.valid := answering
  ofm.bits := (results(sendWord) >> (sendByte << 3))(7, 0).asSInt
}

/** A scalar program with ports that have the widths of their intervals. */
private[rtl] abstract class ScalarBody(design: Design, name: String, program: Scalar) extends Module {
  override def desiredName: String = s"${design.name}_$name"

  private def ports(values: Seq[Scalar.Value]) = MixedVec(values.map(v => SInt(v.interval.signedBits.W)))

  val inputs = IO(Input(ports(program.inputs.asScala.toSeq)))
  val results = IO(Output(ports(program.results.asScala.toSeq)))

  /** High in the cycle before the inputs are there; they stay until the results are. */
  val start = IO(Input(Bool()))

  /** Whether the results are there. */
  val done = IO(Output(Bool()))
}

/** On a sequencer: inputs go to their slots one by one. */
private[rtl] class SequentialBody(design: Design, name: String, program: Scalar)
    extends ScalarBody(design, name, program) {
  private val sequencer = Module(new ScalarSequencer(design, name, Seq(program), Map.empty))
  private val filling = RegInit(false.B)
  private val ready = RegInit(false.B)
  private val used = program.inputs.asScala.toSeq.zip(inputs.toSeq)
  private val (index, filled) = LoopCounter(filling, used.size)
  when(start) {
    filling := true.B
    ready := false.B
  }
  when(filled) { filling := false.B }
  when(sequencer.done) { ready := true.B }

  private def choose[T <: Data](of: Seq[T]): T = VecInit(of)(index)
  sequencer.write.valid := filling
  sequencer.write.bits.slot := choose(used.map { case (value, _) => sequencer.slot(value) })
  sequencer.write.bits.data := choose(used.map { case (_, port) => port.pad(sequencer.result.getWidth) })
  sequencer.start.valid := filled
  sequencer.start.bits := sequencer.entry(0)
  done := ready && !start && !filling
  results.head := Widths.fit(sequencer.result, results.head.getWidth)
}

/** As a pipeline. */
private[rtl] class PipelinedBody(design: Design, name: String, program: Scalar, inDsp: Boolean)
    extends ScalarBody(design, name, program) {
  private val pipeline = new Pipeline(true.B)
  private val tables = new Tables {
    private var built = 0

    override def isPositional(lookup: Scalar.Value): Boolean = false

    override def positional(lookup: Scalar.Value, cycle: Int): SInt = throw new IllegalStateException

    override def indexed(table: LookupTable, width: Int, index: UInt): SInt = {
      built += 1
      Rom.table(design, s"${name}_${table.name}$built", table.entries.toSeq, width)(index, true.B)
    }
  }
  private val circuit =
    new ScalarCircuit(program, program.inputs.asScala.zip(inputs.toSeq).toMap, tables, pipeline, inDsp)
  results.zip(circuit.results).foreach { case (port, signal) => port := signal }

  private val computing = RegInit(false.B)
  private val (_, computed) = LoopCounter(computing, ScalarPipeline.of(program).latencyCycles + 1)
  private val ready = RegInit(false.B)
  when(start) {
    computing := true.B
    ready := false.B
  }
  when(computed) {
    computing := false.B
    ready := true.B
  }
  done := ready
}
