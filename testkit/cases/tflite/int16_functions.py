"""Cases of 16-bit codes that LiteRT 1.2.0 lacks kernels for, or that int16.py leaves out; see one_operator.py.

Made with ai-edge-litert 2.3.0: DIV, PRELU and NEG of int16 are new there. The others come out of 1.2.0 alike.
"""

import numpy as np

from int16 import I16, X, spread, values
from one_operator import ACTIVATIONS, Graph, Suite, codes, generator

OUT = 0.00043
VERSIONS = {"ADD": 4, "SUB": 5, "DIV": 2, "NEG": 1, "EXP": 2, "RSQRT": 3, "RESIZE_BILINEAR": 3,
            "RESIZE_NEAREST_NEIGHBOR": 3}


def pair(suite, op, name, left, right, scales, note, given=None, fused="none", constant=False, **options):
    """given: the codes of both operands, by default random ones."""
    name = f"{op.lower()}_int16_{name}"
    rng = generator(name)
    graph = Graph()
    data = [values(rng, left), values(rng, right)] if given is None else given(rng)
    x = graph.input(I16, left, scales[0])
    y = graph.const(data[1], scales[1]) if constant else graph.input(I16, right, scales[1])
    graph.op(op, [x, y], I16, scales[2], 0, version=VERSIONS[op], fusedActivationFunction=ACTIVATIONS[fused], **options)
    suite.add(name, graph, data[:1] if constant else data, note)


def powers(suite):
    """Sums whose scales are all powers of two: one operand has the result's, the other a finer one."""
    shape = (1, 8, 8, 16)
    for op in ("ADD", "SUB"):
        for name, x, y in (("first", -12, -15), ("second", -15, -12), ("equal", -12, -12), ("next", -11, -12),
                           ("far", -12, -27)):
            scales = (2.0 ** x, 2.0 ** y, 2.0 ** max(x, y))
            pair(suite, op, f"shifted_{name}", shape, shape, scales, f"scales 2^{x} and 2^{y}", potScaleInt16=True)
        for fused in ("relu", "relu6"):
            pair(suite, op, f"shifted_{fused}", shape, shape, (2.0 ** -10, 2.0 ** -13, 2.0 ** -10), fused, fused=fused,
                 potScaleInt16=True)
    for name, right, constant in (("vector", (16,), True), ("gate", (1, 1, 1, 16), False)):
        pair(suite, "SUB", f"shifted_{name}", shape, right, (2.0 ** -14, 2.0 ** -12, 2.0 ** -12), "broadcast",
             constant=constant, potScaleInt16=True)


def quotients(suite):
    shape = (1, 8, 8, 16)

    def quotient(name, right, scales, largest, note, **options):
        """Divisors of magnitudes up to largest."""
        # Where a quotient is below 1/2, TFLite shifts a 32-bit number by more than 31 bits, which C++ does not define.
        least = 4 * scales[1] * scales[2] / scales[0]

        def given(rng):
            divisors = rng.integers(1, largest + 1, right) * rng.choice([-1, 1], right)
            dividends = values(rng, shape).astype(np.int64)
            smallest = np.ceil(least * np.abs(divisors)).astype(np.int64)
            dividends = np.where(np.abs(dividends) < smallest, np.where(dividends < 0, -smallest, smallest), dividends)
            return [np.clip(dividends, -32768, 32767).astype(np.int16), divisors.astype(np.int16)]
        pair(suite, "DIV", name, shape, right, scales, note, given, **options)

    for name, scales, largest in (("odd", (X, 0.00017, 0.00093), 32767), ("powers", (2.0 ** -9, 2.0 ** -12, 2.0 ** -6), 32767),
                                  ("coarse", (0.01, 0.0003, 0.5), 32767), ("units", (X, 0.01, 0.03), 9),
                                  ("large", (2.0 ** -4, 2.0 ** -12, 2.0 ** -6), 32767)):
        quotient(name, shape, scales, largest, f"divisors up to {largest}")
    quotient("constant", shape, (X, 0.00017, 0.0093), 300, "constant divisor", constant=True)
    quotient("vector", (16,), (X, 0.00017, 0.0093), 9000, "constant vector", constant=True)
    quotient("gate", (1, 1, 1, 16), (X, 0.00017, 0.0093), 9000, "broadcast over rows and columns")
    quotient("column", (1, 8, 1, 1), (X, 0.00017, 0.00093), 900, "broadcast over columns and channels")
    for fused in ("relu", "relu6"):
        quotient(fused, shape, (X, 0.0007, 0.00093), 900, fused, fused=fused)


def slopes(suite):
    """PRELU, whose slope is int8."""
    for name, right, scales, zero in (("vector", (1, 1, 16), (X, 0.003, OUT), 0), ("same", (1, 8, 8, 16), (X, 0.003, OUT), 0),
                                      ("scalar", (1,), (X, 0.01, 0.0002), 0), ("rows", (8, 1, 1), (0.0011, 0.003, 0.0007), 7),
                                      ("apart", (1, 1, 16), (0.0561, 0.0277, 0.041), -128)):
        name = f"prelu_int16_{name}"
        rng = generator(name)
        graph = Graph()
        given = values(rng, (1, 8, 8, 16))
        x = graph.input(I16, given.shape, scales[0])
        graph.op("PRELU", [x, graph.const(codes(rng, "int8", right), scales[1], zero)], I16, scales[2], 0)
        suite.add(name, graph, [given], f"slope {right}, zero point {zero}")


def unary(suite, op, name, scale, to, note, given, **options):
    name = f"{op.lower()}_int16_{name}"
    graph = Graph()
    x = graph.input(I16, given.shape, scale)
    graph.op(op, [x], I16, to, 0, version=VERSIONS[op], **options)
    suite.add(name, graph, [given], note)


def functions(suite):
    unary(suite, "NEG", "codes", X, X, "codes over the range; the smallest stays", spread())
    for name, scale, to in (("odd", 0.0003, 0.0007), ("large", 0.0011, 0.03), ("small", 0.00001, 2.0 ** -14),
                            ("powers", 2.0 ** -12, 2.0 ** -5)):
        unary(suite, "EXP", name, scale, to, f"codes over the range, scale {scale}", spread())
    positive = np.maximum(np.round(np.linspace(0, 32767, 1024)), 0).astype(np.int16).reshape(1, 16, -1, 4)
    for name, scale, to in (("odd", 0.0003, 0.0007), ("large", 0.011, 0.0003), ("powers", 2.0 ** -12, 2.0 ** -10)):
        unary(suite, "RSQRT", name, scale, to, f"codes from 0 on, scale {scale}", positive)


def resize(suite, op, shape, size, align, half):
    name = f"{op.lower()}_int16_{shape[1]}x{shape[2]}_{size[0]}x{size[1]}" + ("_align" if align else "_half" if half else "")
    graph = Graph()
    x = graph.input(I16, shape, X)
    graph.op(op, [x, graph.ints(*size)], I16, X, 0, version=VERSIONS[op], alignCorners=align, halfPixelCenters=half)
    suite.add(name, graph, [codes(generator(name), I16, shape)], "align corners" if align else "half pixels" if half else "plain")


def resizes(suite):
    for op in ("RESIZE_BILINEAR", "RESIZE_NEAREST_NEIGHBOR"):
        for align, half in ((False, False), (True, False), (False, True)):
            resize(suite, op, (2, 4, 5, 3), (8, 10), align, half)
            resize(suite, op, (1, 7, 9, 4), (3, 5), align, half)
            resize(suite, op, (1, 6, 5, 2), (11, 7), align, half)


def main():
    suite = Suite("tflite/int16_functions")
    powers(suite)
    quotients(suite)
    slopes(suite)
    functions(suite)
    resizes(suite)
    suite.close()


if __name__ == "__main__":
    main()
