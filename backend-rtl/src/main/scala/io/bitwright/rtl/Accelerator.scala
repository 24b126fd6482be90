package io.bitwright.rtl

import chisel3._
import chisel3.util._
import io.bitwright.dataflow.{Channel, DataflowPlan}
import scala.jdk.CollectionConverters._

/**
 * The top: stages in a row with a FIFO in front of each and one behind the last.
 *
 * @param probes  whether ports show what passes through each channel
 */
private[rtl] class Accelerator(design: Design, plan: DataflowPlan, probes: Boolean) extends Module {
  override def desiredName: String = design.name

  private val channels = plan.channels.asScala.toSeq

  val ifm = IO(Flipped(Decoupled(UInt(channels.head.bits.W))))
  val ofm = IO(Decoupled(UInt(channels.last.bits.W)))

  private val stages = plan.stages.asScala.toSeq.map(s => Module(StageModule(design, s)).suggestName(s.name))
  private val fifos = channels.map(c => Module(new Fifo(design, c.bits, c.depth)).suggestName(s"channel_${c.id}"))

  fifos.head.in <> ifm
  ofm <> fifos.last.out
  for ((stage, i) <- stages.zipWithIndex) {
    stage.in <> fifos(i).out
    fifos(i + 1).in <> stage.out
  }
  if (probes) { channels.zip(fifos).foreach { case (channel, fifo) => show(channel, fifo) } }

  private def show(channel: Channel, fifo: Fifo): Unit = {
    def port[T <: Data](name: String, signal: T): Unit =
      IO(Output(chiselTypeOf(signal))).suggestName(s"probe_${channel.id}_$name") := signal
    port("fire", fifo.out.fire)
    port("bits", fifo.out.bits)
    port("count", fifo.count)
    port("blocked", fifo.in.valid && !fifo.in.ready)
  }
}
