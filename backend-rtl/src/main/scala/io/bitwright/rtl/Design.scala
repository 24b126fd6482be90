package io.bitwright.rtl

import scala.collection.immutable.SortedMap

/**
 * What a design's modules have in common while they are elaborated: the beginning of their names, and the memory images
 * that they leave beside the Verilog.
 *
 * @param name  a legal Verilog identifier
 */
private[rtl] class Design(val name: String) {
  private var collected = SortedMap.empty[String, String]

  /** The `$readmemh` images so far by file name. */
  def images: SortedMap[String, String] = collected

  /**
   * Adds an image and returns its path as the Verilog names it.
   *
   * @param memory  unique in the design
   * @param words  of one length; the first field of a word lies in its lowest bits
   * @param bits  a field, in two's complement
   */
  def image(memory: String, words: Array[Array[Long]], bits: Int): String = {
    val file = s"${name}_$memory.hex"
    require(!collected.contains(file), s"two memories $file")
    collected += file -> HexImage.of(words, bits)
    s"mem/$file"
  }
}
