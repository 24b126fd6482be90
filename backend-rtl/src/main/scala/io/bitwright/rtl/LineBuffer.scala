package io.bitwright.rtl

import chisel3._
import chisel3.util._
import io.bitwright.dataflow.Stage
import io.bitwright.dataflow.fold.Ring

/**
 * Keeps the last rows of a map and gives the window of each output pixel. Writer and reader run at the same time; what
 * each needs to know of the window at hand (which pixels it needs, which it leaves behind, which of its rows and
 * columns are in the image) comes from a table by output row and one by output column, read a cycle ahead.
 *
 * Addresses are words of the ring. A tap's is the window's origin plus the tap's offset, both kept below the ring's
 * size, less the size once if need be, plus the word within the pixel.
 */
private[rtl] class LineBuffer(design: Design, stage: Stage.LineBuffer) extends PipelinedStage(design, stage) {
  private val map = stage.input
  private val patches = stage.output
  private val window = stage.window
  private val words = map.beatsPerPixel
  private val slots = stage.capacityPixels
  private val size = slots * words
  private val addressBits = Memories.addressBits(size)
  private val positions = new WindowTables(new Ring(map, window, stage.outputHeight, stage.outputWidth))

  private val issue = Wire(Bool()).suggestName("issue")

  // The beat at hand.
  val (word, wordsDone) = LoopCounter(issue, patches.words)
  val (fold, foldsDone) = LoopCounter(wordsDone, patches.tapFolds)
  val (group, pixelDone) = LoopCounter(foldsDone, patches.groups)
  val (column, rowDone) = LoopCounter(pixelDone, stage.outputWidth)
  val (row, frameDone) = LoopCounter(rowDone, stage.outputHeight)

  // The window at hand.
  private val columnAt = positions.read(design, memory("columns"), positions.columns, column, pixelDone)
  private val rowAt = positions.read(design, memory("rows"), positions.rows, row, rowDone)
  private val needed = Mux(rowAt.adds.needed, rowAt.needed +& columnAt.needed, rowAt.needed)
  private val freed = Mux(rowAt.adds.freed, rowAt.freed +& columnAt.freed, rowAt.freed)

  // Pixels written, counted from the start of the reader's frame, and of the frame whose beat is being read from the
  // ring.
  private val counterBits = log2Ceil(map.pixels + slots + 1) + 1
  private val pixelWritten = Wire(Bool()).suggestName("pixelWritten")
  val written = RegInit(0.S(counterBits.W))
  written := written + pixelWritten.zext - Mux(frameDone, map.pixels.S, 0.S)
  // Nothing leaves before the frame's first pixel is there, be it padding only.
  issue := enable && written > 0.S && written >= needed.zext

  val occupied = RegInit(0.S(counterBits.W))
  private val frameRead = pipeline.flag(frameDone, 1)
  occupied := occupied + pixelWritten.zext - Mux(frameRead && enable, map.pixels.S, 0.S)
  private val freedRead = RegEnable(freed, 0.U, enable)
  in.ready := occupied < (freedRead +& slots.U).zext

  // The writer.
  private val (_, wroteAll) = LoopCounter(in.fire, words)
  pixelWritten := wroteAll
  val (writeAddress, _) = LoopCounter(in.fire, size)

  // The origin moves with the window at hand; it may start before the frame.
  private def atOrigin(y: Int, x: Int): Long =
    (y.toLong * window.strideH - window.padding.top) * map.width + x.toLong * window.strideW - window.padding.left
  private val lastColumn = stage.outputWidth - 1
  private val lastRow = stage.outputHeight - 1
  private def modulo(pixels: Long): Int = (Math.floorMod(pixels, slots.toLong) * words).toInt
  private val origin = RegInit(modulo(atOrigin(0, 0)).U(addressBits.W)).suggestName("origin")
  when(pixelDone) {
    val nextColumn = modulo(window.strideW.toLong)
    val nextRow = modulo(atOrigin(1, 0) - atOrigin(0, lastColumn))
    val nextFrame = modulo(atOrigin(0, 0) + map.pixels - atOrigin(lastRow, lastColumn))
    origin := wrap(origin +& Mux(frameDone, nextFrame.U, Mux(rowDone, nextRow.U, nextColumn.U)))
  }

  private def wrap(address: UInt): UInt =
    Mux(address >= size.U, address - size.U, address)(addressBits - 1, 0)

  // The reader: addresses in one cycle, memories in the next.
  private val wordAt =
    if (patches.words == 1) group else if (patches.groups == 1) word else group * patches.words.U + word
  private val codes = (0 until patches.tapLanes).map(readTap)
  out.valid := pipeline.flag(issue, 2)
  out.bits := Cat(codes.reverse)

  /** The word that lane t of taps reads, from its own copy of the ring. */
  private def readTap(t: Int): UInt = {
    val taps = (0 until patches.tapFolds).map(_ * patches.tapLanes + t)
    val known = taps.map(k => if (k < window.taps) Some(k) else None)
    def select[T <: Data](of: Seq[T]): T = if (of.size == 1) of.head else VecInit(of)(fold)
    val offset = select(known.map(_.fold(0)(k => modulo(offsetPixels(k))).U(addressBits.W)))
    val inside = select(known.map(_.fold(false.B) { k =>
      rowAt.inside(k / window.kernelW) && columnAt.inside(k % window.kernelW)
    }))
    val address = pipeline.delay(wrap(origin +& offset) + wordAt, 1)
    val ring = new Ram(s"lines_$t", size, 8 * map.lanes, Memories.isBlock(stage.lines))
    ring.write(in.fire, writeAddress, in.bits)
    val fill = Cat(Seq.fill(map.lanes)(stage.fill.S(8.W).asUInt))
    Mux(pipeline.delay(inside, 2), ring.read(address, enable), fill)
  }

  private def offsetPixels(tap: Int): Long =
    tap.toLong / window.kernelW * window.dilationH * map.width + tap % window.kernelW * window.dilationW
}
