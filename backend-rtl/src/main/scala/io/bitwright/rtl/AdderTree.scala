package io.bitwright.rtl

import chisel3._
import io.bitwright.dataflow.timing.Latency

/** Adds signed numbers exactly, with a register behind every second level; as many registers as [[Latency]] counts. */
private[rtl] object AdderTree {
  def apply(operands: Seq[SInt], pipeline: Pipeline): SInt = reduce(operands, pipeline, _ +& _)

  /** Any associative operation that way. */
  def reduce(operands: Seq[SInt], pipeline: Pipeline, combine: (SInt, SInt) => SInt): SInt = {
    var level = operands
    var levels = 0
    var registers = 0
    while (level.size > 1) {
      level = level.grouped(2).map(_.reduce(combine)).toSeq
      levels += 1
      if (levels % 2 == 0) {
        level = level.map(pipeline.delay(_, 1))
        registers += 1
      }
    }
    require(registers == Latency.adderTree(operands.size))
    level.head
  }
}
