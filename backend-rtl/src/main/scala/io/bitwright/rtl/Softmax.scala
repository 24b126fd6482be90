package io.bitwright.rtl

import chisel3._
import chisel3.util._
import io.bitwright.dataflow.Stage
import io.bitwright.ir.scalar.{LookupTable, Scalar, ScalarEvaluator}
import io.bitwright.rtl.scalar.ScalarSequencer
import scala.jdk.CollectionConverters._

/**
 * Softmax over each pixel's channels, one code a beat: takes the codes in and finds their maximum, adds up the terms,
 * runs the reciprocal, then for each code the scale. Exponential and term depend on `maximum - code` alone: tables.
 */
private[rtl] class Softmax(design: Design, stage: Stage.Softmax) extends StageModule(design, stage) {
  private val kernel = stage.kernel
  private val channels = stage.input.channels
  private val sumInput = kernel.reciprocal.inputs.get(0)
  private val scaleInputs = kernel.scale.inputs.asScala.toSeq
  private val aliases = scaleInputs.tail.zip(kernel.reciprocal.results.asScala).toMap
  private val exponentials = evaluate(kernel.exponential, (0 until 256).map(d => -d.toLong))
  private val terms = evaluate(kernel.term, exponentials)

  object State extends ChiselEnum { val load, sum, reciprocal, fetch, exponential, scale, give = Value }
  val state = RegInit(State.load)

  private val sequencer = Module(
    new ScalarSequencer(design, stage.name, Seq(kernel.reciprocal, kernel.scale), aliases)
  ).suggestName("sequencer")

  private def evaluate(program: Scalar, inputs: Seq[Long]): Seq[Long] =
    inputs.map(ScalarEvaluator.evaluate(program, _))

  private def table(name: String, entries: Seq[Long], width: Int)(index: UInt): SInt =
    Rom.table(design, memory(name), entries, width)(index, true.B)

  // Load.
  private val code = in.bits.asSInt
  in.ready := state === State.load
  val (loading, loaded) = LoopCounter(in.fire, channels)
  val maximum = Reg(SInt(8.W))
  when(in.fire) { maximum := Mux(loading === 0.U || code > maximum, code, maximum) }
  when(loaded) { state := State.sum }

  // Sum: a code a cycle; two cycles later its term.
  private val summing = RegInit(false.B)
  when(loaded) { summing := true.B }
  val (adding, issued) = LoopCounter(summing, channels)
  when(issued) { summing := false.B }
  private val taken = Wire(Bool())
  val (giving, allGiven) = LoopCounter(taken, channels)
  private val codes = new Ram("codes", channels, 8, Memories.wantsBlock(channels, 8))
  codes.write(in.fire, loading, in.bits)
  private val kept = codes.read(Mux(state === State.sum, adding, giving), true.B).asSInt
  private val distance = (maximum -& kept).asUInt(7, 0)
  private val term = table("term", terms, LookupTableBits(terms))(distance)
  private val sum = Reg(SInt(sumInput.interval.signedBits.W))
  when(loaded) { sum := 0.S }
  when(ShiftRegister(summing, 2, false.B, true.B)) { sum := sum + Widths.fit(term, sum.getWidth) }
  when(ShiftRegister(issued, 2, false.B, true.B)) { state := State.reciprocal }

  // Reciprocal: started in its first cycle.
  private val fresh = RegNext(state =/= State.reciprocal, true.B)
  private val startReciprocal = state === State.reciprocal && fresh
  when(state === State.reciprocal && !fresh && sequencer.done) { state := State.fetch }

  // Scale, for each code: the code, its exponential, the program.
  private val exponential = table("exponential", exponentials, LookupTableBits(exponentials))(distance)
  when(state === State.fetch) { state := State.exponential }
  when(state === State.exponential) { state := State.scale }
  private val entering = RegNext(state === State.exponential, false.B)
  when(state === State.scale && !entering && sequencer.done) { state := State.give }
  taken := out.fire
  when(out.fire) { state := Mux(allGiven, State.load, State.fetch) }

  sequencer.start.valid := startReciprocal || entering
  sequencer.start.bits := Mux(entering, sequencer.entry(1), sequencer.entry(0))
  sequencer.write.valid := startReciprocal || entering
  sequencer.write.bits.slot := Mux(entering, sequencer.slot(scaleInputs.head), sequencer.slot(sumInput))
  private val slotWidth = sequencer.write.bits.data.getWidth
  sequencer.write.bits.data := Mux(entering, Widths.fit(exponential, slotWidth), Widths.fit(sum, slotWidth))

  out.valid := state === State.give
  out.bits := Widths.fit(sequencer.result, 8).asUInt
}

/** Bits that hold every entry of a table. */
private[rtl] object LookupTableBits {
  def apply(entries: Seq[Long]): Int = new LookupTable("table", entries.toArray).interval.signedBits
}
