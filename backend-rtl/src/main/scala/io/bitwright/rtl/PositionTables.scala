package io.bitwright.rtl

import chisel3._
import io.bitwright.dataflow.FeatureMap
import io.bitwright.ir.scalar.{LookupTable, Opcode, Scalar}
import io.bitwright.rtl.scalar.Tables
import scala.collection.mutable

/**
 * Tables of the lanes that compute a beat of a map. A table by channel is one memory for all lanes: a word for each
 * beat of a pixel, lane r's entry for channel `beat * lanes + r`. It is read late, with a delayed index, where it is
 * used late.
 *
 * @param beat  position of the entering beat in its pixel
 */
private[rtl] class PositionTables(
    stage: PipelinedStage,
    map: FeatureMap,
    channel: Scalar.Value,
    beat: UInt
) {
  private val words = mutable.Map.empty[(LookupTable, Int), Seq[SInt]]
  private val pipeline = stage.pipeline
  private var tables = 0

  private def fresh(table: LookupTable): String = {
    tables += 1
    stage.memory(s"${table.name}${tables - 1}")
  }

  /** What lane r's circuit reads. */
  def lane(r: Int): Tables = new Tables {
    override def isPositional(lookup: Scalar.Value): Boolean = lookup.arg(0) == channel

    override def positional(lookup: Scalar.Value, cycle: Int): SInt =
      words.getOrElseUpdate((lookup.table, cycle), read(lookup.table, cycle))(r)

    override def indexed(table: LookupTable, width: Int, index: UInt): SInt =
      Rom.table(stage.design, fresh(table), table.entries.toSeq, width)(index, pipeline.enable)
  }

  private def read(table: LookupTable, cycle: Int): Seq[SInt] = {
    val bits = table.interval.signedBits
    def entry(channel: Int) = if (channel < math.min(table.size, map.channels)) table.entry(channel) else 0L
    val content = Array.tabulate(map.beatsPerPixel, map.lanes)((k, r) => entry(k * map.lanes + r))
    if (content.length == 1) {
      content.head.toSeq.map(BigInt(_).S(bits.W))
    } else {
      val block = Memories.wantsBlock(content.length, bits * map.lanes)
      val word = Rom(stage.design, fresh(table), content, bits, block)(pipeline.delay(beat, cycle - 1), pipeline.enable)
      Widths.fields(word, bits)
    }
  }
}
