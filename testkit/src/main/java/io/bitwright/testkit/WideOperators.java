package io.bitwright.testkit;

import io.bitwright.ir.op.Op;

/** Which operators have no form of 16-bit codes. */
final class WideOperators {
  private WideOperators() {}

  static boolean lack(Op op) {
    return op instanceof Op.HardSwish || op instanceof Op.HardSigmoid || op instanceof Op.Swish
        || op instanceof Op.Table || op instanceof Op.LocalResponseNorm || op instanceof Op.ArgMax;
  }
}
