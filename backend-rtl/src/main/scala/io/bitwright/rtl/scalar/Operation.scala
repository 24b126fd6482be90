package io.bitwright.rtl
package scalar

import chisel3._
import chisel3.util._
import io.bitwright.ir.scalar.{Opcode, Scalar}

/** The opcodes that are logic: each built exactly, in whatever width it yields without loss. */
private[rtl] object Operation {

  /**
   * @param value  what is computed
   * @param operands  its operands' signals
   */
  def apply(value: Scalar.Value, operands: Seq[SInt]): SInt = {
    def a = operands.head
    def b = operands(1)
    def constant = Option.when(value.arg(1).isConst)(value.arg(1).immediate.toInt)
    value.opcode match {
      case Opcode.SHL      => constant.fold(a << amount(b))(a << _)
      case Opcode.SHR      => constant.fold(a >> amount(b))(a >> _)
      case Opcode.LOW_BITS => Widths.lowBits(a, value.immediate.toInt).zext
      case opcode          => plain(opcode, operands)
    }
  }

  /** Those that need to know nothing but their operands. */
  def plain(opcode: Opcode, operands: Seq[SInt]): SInt = {
    def a = operands.head
    def b = operands(1)
    opcode match {
      case Opcode.ADD    => a +& b
      case Opcode.SUB    => a -& b
      case Opcode.SHL    => a << amount(b)
      case Opcode.SHR    => a >> amount(b)
      case Opcode.MIN    => Mux(a < b, a, b)
      case Opcode.MAX    => Mux(a < b, b, a)
      case Opcode.LESS   => (a < b).zext
      case Opcode.SELECT => Mux(a =/= 0.S, b, operands(2))
      case Opcode.CLZ    => leadingZeros(Widths.lowBits(a, 32)).zext
      case _             => throw new IllegalArgumentException(s"$opcode is no logic of its operands alone")
    }
  }

  /** A shift amount, at most 63, without its sign bit, which is zero. */
  private def amount(b: SInt): UInt = Widths.lowBits(b, math.max(1, math.min(6, b.getWidth - 1)))

  private def leadingZeros(bits: UInt): UInt = Mux(bits === 0.U, bits.getWidth.U, PriorityEncoder(Reverse(bits)))
}
