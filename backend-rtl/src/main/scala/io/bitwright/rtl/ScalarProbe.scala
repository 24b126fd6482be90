package io.bitwright.rtl

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
 */
private[rtl] class ScalarProbe(design: Design, programs: Seq[Scalar], inDsp: Boolean) extends Module {
  override def desiredName: String = design.name

  private val wordBytes = 8

  val ifm = IO(Flipped(Decoupled(SInt(8.W))))
  val ofm = IO(Decoupled(SInt(8.W)))

  val bodies = programs.zipWithIndex.map { case (program, number) =>
    Module(new ScalarBody(design, s"body$number", program, inDsp))
  }
  val inputBytes = Reg(Vec(bodies.map(_.inputs.size).sum * wordBytes, UInt(8.W)))
  val answering = RegInit(false.B)
  val (receiveIndex, received) = LoopCounter(ifm.fire, inputBytes.length)
  when(ifm.fire) { inputBytes(receiveIndex) := ifm.bits.asUInt }

  private val latency = programs.map(ScalarPipeline.of(_).latencyCycles).max
  private val computing = RegInit(false.B)
  private val (_, computed) = LoopCounter(computing, latency + 1)
  when(received) { computing := true.B }
  when(computed) {
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

  ifm.ready := !answering && !computing
  ofm.valid := answering
  ofm.bits := (results(sendWord) >> (sendByte << 3))(7, 0).asSInt
}

/** A scalar program as a pipeline; ports have the widths of their intervals. */
private[rtl] class ScalarBody(design: Design, name: String, program: Scalar, inDsp: Boolean) extends Module {
  override def desiredName: String = s"${design.name}_$name"

  val inputs = IO(Input(ScalarBody.ports(program.inputs.asScala.toSeq)))
  val results = IO(Output(ScalarBody.ports(program.results.asScala.toSeq)))

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
}

private[rtl] object ScalarBody {
  private def ports(values: Seq[Scalar.Value]) = MixedVec(values.map(v => SInt(v.interval.signedBits.W)))
}
