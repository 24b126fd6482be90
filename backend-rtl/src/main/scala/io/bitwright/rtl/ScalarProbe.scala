package io.bitwright.rtl

import chisel3._
import chisel3.util._
import io.bitwright.ir.scalar.Scalar
import scala.jdk.CollectionConverters._

/**
 * Scalar programs as a byte-stream module, so that they can be driven without knowing their widths: takes each input of
 * each program as eight bytes, least significant first, and answers with eight bytes of each sign-extended result.
 * Inputs must lie in their intervals.
 */
private[rtl] class ScalarProbe(programs: Seq[Scalar]) extends Module {
  private val wordBytes = 8

  val ifm = IO(Flipped(Decoupled(SInt(8.W))))
  val ofm = IO(Decoupled(SInt(8.W)))

  val bodies = programs.zipWithIndex.map { case (program, number) => Module(new ScalarBody(s"body$number", program)) }
  val inputBytes = Reg(Vec(bodies.map(_.inputs.size).sum * wordBytes, UInt(8.W)))
  val answering = RegInit(false.B)
  val (receiveIndex, received) = LoopCounter(ifm.fire, inputBytes.length)
  when(ifm.fire) { inputBytes(receiveIndex) := ifm.bits.asUInt }
  when(received) { answering := true.B }
  for ((input, bytes) <- bodies.flatMap(_.inputs).zip(inputBytes.grouped(wordBytes))) {
    input := ScalarCircuit.fit(Cat(bytes.toSeq.reverse).asSInt, input.getWidth)
  }

  val results = VecInit(bodies.flatMap(_.results).map(_.pad(8 * wordBytes).asUInt))
  val (sendByte, wordSent) = LoopCounter(ofm.fire, wordBytes)
  val (sendWord, sent) = LoopCounter(wordSent, results.length)
  when(sent) { answering := false.B }

  ifm.ready := !answering
  ofm.valid := answering
  ofm.bits := (results(sendWord) >> (sendByte << 3))(7, 0).asSInt
}

/** A scalar program as a combinational module; ports have the widths of their intervals. */
private[rtl] class ScalarBody(name: String, program: Scalar) extends Module {
  override def desiredName: String = s"${name}_body"

  val inputs = IO(Input(ScalarBody.ports(program.inputs.asScala.toSeq)))
  val results = IO(Output(ScalarBody.ports(program.results.asScala.toSeq)))

  for ((port, signal) <- results.zip(ScalarCircuit(name, program, inputs.toSeq))) { port := signal }
}

private[rtl] object ScalarBody {
  private def ports(values: Seq[Scalar.Value]) = MixedVec(values.map(v => SInt(v.interval.signedBits.W)))
}
