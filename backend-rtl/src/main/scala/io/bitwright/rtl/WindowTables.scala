package io.bitwright.rtl

import chisel3._
import chisel3.util._
import io.bitwright.dataflow.fold.Ring

/** What a line buffer knows of an output row or column. */
private[rtl] class WindowEntry(val fields: Seq[UInt]) {

  /** Pixels that the row or column needs and frees, as [[Ring]] counts them. */
  def needed: UInt = fields.head
  def freed: UInt = fields(1)

  /** Of a row: whether the column's part is added. */
  object adds {
    def needed: Bool = fields(2)(0)
    def freed: Bool = fields(2)(1)
  }

  /** Whether row or column k of the window lies in the image. */
  def inside(k: Int): Bool = fields(3)(k)
}

/**
 * [[Ring]]'s counts as the sum of a part by row and a part by column, which some rows leave out.
 */
private[rtl] class WindowTables(ring: Ring) {
  private val window = ring.window
  private val countBits = math.max(1, log2Ceil(ring.input.pixels + 1))
  private val flagBits = math.max(2, math.max(window.kernelH, window.kernelW))
  private val bits = math.max(countBits, flagBits)
  private val width = ring.outputWidth
  private val height = ring.input.height

  /** By output row: needed, freed, what adds the column's part, rows inside. */
  val rows: Array[Array[Long]] = Array.tabulate(ring.outputHeight) { y =>
    val top = y * window.strideH - window.padding.top
    val bottom = math.min(top + (window.kernelH - 1) * window.dilationH, height - 1)
    val start = math.min(math.max(top, 0), height)
    val stays = y + 1 < ring.outputHeight && math.max(top + window.strideH, 0) == start
    Array(
      math.max(0, bottom).toLong * ring.input.width,
      start.toLong * ring.input.width,
      (if (bottom >= 0) 1L else 0L) | (if (!stays && start < height) 2L else 0L),
      inside(window.kernelH, top, window.dilationH, ring.input.height)
    )
  }

  /** By output column: likewise, without additions. */
  val columns: Array[Array[Long]] = Array.tabulate(width) { x =>
    val left = x * window.strideW - window.padding.left
    val right = math.min(left + (window.kernelW - 1) * window.dilationW, ring.input.width - 1)
    Array(
      math.max(0, right + 1).toLong,
      math.min(math.max(left, 0), ring.input.width).toLong,
      0L,
      inside(window.kernelW, left, window.dilationW, ring.input.width)
    )
  }

  for (y <- 0 until ring.outputHeight; x <- 0 until width) {
    require(sum(y, x, 0, 1) == ring.needed(y, x) && sum(y, x, 1, 2) == ring.freed(y, x), s"window ($y, $x) of $ring")
  }

  private def sum(y: Int, x: Int, field: Int, flag: Int): Long =
    rows(y)(field) + (if ((rows(y)(2) & flag) != 0) columns(x)(field) else 0L)

  private def inside(kernel: Int, first: Int, dilation: Int, size: Int): Long =
    (0 until kernel).filter { k =>
      val at = first + k * dilation
      at >= 0 && at < size
    }.map(1L << _).sum

  /** The entry at an index that the cycle `advance` moves on, always that of the present index. */
  def read(
      design: Design,
      memory: String,
      entries: Array[Array[Long]],
      index: UInt,
      advance: Bool
  ): WindowEntry = {
    val next = if (entries.length == 1) 0.U else Mux(index === (entries.length - 1).U, 0.U, index + 1.U)
    val address = Mux(Module.reset.asBool, 0.U, Mux(advance, next, index))
    val block = Memories.wantsBlock(entries.length, 4 * bits)
    val word = Rom(design, memory, entries, bits, block)(address, true.B)
    new WindowEntry((0 until 4).map(i => word((i + 1) * bits - 1, i * bits)))
  }
}
