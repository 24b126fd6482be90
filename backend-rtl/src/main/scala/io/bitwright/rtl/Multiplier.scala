package io.bitwright.rtl

import chisel3._

/** The hand-written `bw_mul`: a signed product, in a DSP block or in look-up tables as the plan wants it. */
private[rtl] class Multiplier(aWidth: Int, bWidth: Int, inDsp: Boolean)
    extends ExtModule(
      Map("A" -> IntParam(aWidth), "B" -> IntParam(bWidth), "STYLE" -> StringParam(if (inDsp) "DSP" else "LUT"))
    ) {
  override def desiredName: String = "bw_mul"

  val a = IO(Input(SInt(aWidth.W)))
  val b = IO(Input(SInt(bWidth.W)))
  val p = IO(Output(SInt((aWidth + bWidth).W)))
}

private[rtl] object Multiplier {

  /** The exact product, combinational. */
  def apply(a: SInt, b: SInt, inDsp: Boolean): SInt = {
    val multiplier = Module(new Multiplier(a.getWidth, b.getWidth, inDsp))
    multiplier.a := a
    multiplier.b := b
    multiplier.p
  }
}
