package io.bitwright.rtl

import chisel3._

/** Changes of width that lose nothing, and beats as codes. */
private[rtl] object Widths {

  /** `signal` in `width` bits; its value must fit. */
  def fit(signal: SInt, width: Int): SInt =
    if (signal.getWidth > width) signal.asUInt(width - 1, 0).asSInt else signal.pad(width)

  /** The low `width` bits of `signal`, sign extended first where it is shorter. */
  def lowBits(signal: SInt, width: Int): UInt = signal.pad(width).asUInt(width - 1, 0)

  /** The signed fields of `width` bits that `word` consists of, the lowest first. */
  def fields(word: UInt, width: Int): Seq[SInt] =
    (0 until word.getWidth / width).map(i => word((i + 1) * width - 1, i * width).asSInt)

  /** A beat's 8-bit codes. */
  def codes(beat: UInt): Seq[SInt] = fields(beat, 8)
}
