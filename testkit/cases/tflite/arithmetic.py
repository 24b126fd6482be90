"""Cases of arithmetic and of functions of each element; see one_operator.py."""

import numpy as np

from one_operator import ACTIVATIONS, ALL_TYPES, QUANTISED, Graph, Suite, codes, generator, sweep, zero_point

# Scales of x, y and result with their zero points in int8: powers of two, ordinary ones, far apart.
SCALES = {
    "pot": ((0.5, 3), (0.25, -10), (0.5, 5)),
    "odd": ((0.0473, -7), (0.0211, 12), (0.0617, -20)),
    "apart": ((0.9, 100), (0.0013, -128), (0.7, -3)),
    # A code of PRELU tells the float32 product of the scales from the one in double.
    "single": ((0.0561, 51), (0.0277, -6), (0.041, 9)),
}
# For quotients: where the factor is below 64, TFLite shifts a 32-bit number by more than 31 bits for some codes, which
# C++ does not define.
QUOTIENT_SCALES = {"pot": (1 / 64, 5), "odd": (0.0267, -20), "apart": (0.7, -3),
                   "single": (0.005, 9)}
VERSIONS = {"SUB": 3, "DIV": 2, "MAXIMUM": 2, "MINIMUM": 2, "PRELU": 1, "LEAKY_RELU": 2, "TANH": 2, "ABS": 2,
            "RSQRT": 2, "EXP": 2, "LOG_SOFTMAX": 2, "NEG": 1, "SQRT": 1, "SQUARE": 1, "RELU_N1_TO_1": 1}
# Codes that meet every code of the other operand.
CODES = (-128, -127, -100, -64, -33, -8, -3, -1, 0, 1, 2, 7, 31, 64, 99, 127)


def is_pick(op):
    return op in ("MAXIMUM", "MINIMUM")


def quantised(op, dtype, scales):
    """(scale, zero point) of x, y and result; the picks need the same for all."""
    x, y, result_scale = SCALES[scales]
    chosen = (x, y, QUOTIENT_SCALES[scales] if op == "DIV" else result_scale)
    own = [(s, zero_point(dtype, z)) for s, z in chosen]
    return [own[0]] * 3 if is_pick(op) else own


def result(graph, op, inputs, dtype, quantisation, fused):
    options = {"fusedActivationFunction": ACTIVATIONS[fused]} if op in ("SUB", "DIV") else {}
    if op == "SUB":
        options["potScaleInt16"] = False
    return graph.op(op, inputs, dtype, *quantisation, version=VERSIONS[op], **options)


def constant(op, rng, dtype, shape, zero):
    values = codes(rng, dtype, shape)
    if op == "DIV":  # TFLite refuses to divide by zero
        values = np.where(values == (0 if dtype == "float32" else zero), values.dtype.type(3), values)
    return values


def swept(suite, op, dtype, scales, fused="none"):
    """Every code of x with 16 codes of a constant vector."""
    name = f"{op.lower()}_{dtype}_swept_{scales}" + ("" if fused == "none" else "_" + fused)
    graph = Graph()
    qx, qy, qo = quantised(op, dtype, scales)
    vector = np.array([zero_point(dtype, c) for c in CODES]).astype(dtype)
    if op == "DIV":
        vector = np.where(vector == qy[1], vector + 1, vector).astype(dtype)
    values = sweep(dtype)
    if op == "PRELU":  # its result has the shape of x
        values = np.repeat(values, len(CODES), axis=3)
    x = graph.input(dtype, values.shape, *qx)
    result(graph, op, [x, graph.const(vector, *qy)], dtype, qo, fused)
    suite.add(name, graph, [values], f"every code with 16 others, scales {scales}")


def pair(suite, op, dtype, name, left, right, scales="odd", fused="none", constants=""):
    """Two operands of these shapes; those named in constants ('x', 'y') are constant."""
    name = f"{op.lower()}_{dtype}_{name}"
    rng = generator(name)
    graph = Graph()
    qx, qy, qo = quantised(op, dtype, scales)
    operands, inputs = [], []
    for letter, shape, q in (("x", left, qx), ("y", right, qy)):
        values = codes(rng, dtype, shape)
        if letter == "y":
            values = constant(op, rng, dtype, shape, q[1])
        if letter in constants:
            operands.append(graph.const(values, *(() if dtype == "float32" else q)))
        else:
            operands.append(graph.input(dtype, shape, *q))
            inputs.append(values)
    result(graph, op, operands, dtype, qo, fused)
    suite.add(name, graph, inputs, f"{left} with {right}, constant: {constants or 'none'}, activation {fused}")


def binary(suite):
    """SUB, DIV, MAXIMUM, MINIMUM and PRELU."""
    for op in ("SUB", "DIV", "MAXIMUM", "MINIMUM", "PRELU"):
        for d in QUANTISED:
            for scales in ("odd",) if is_pick(op) else SCALES:
                swept(suite, op, d, scales)
        for d in ALL_TYPES:
            pair(suite, op, d, "same", (1, 3, 4, 5), (1, 3, 4, 5))
            pair(suite, op, d, "vector", (2, 3, 4, 5), (5,), constants="y")
            pair(suite, op, d, "scalar", (2, 3, 4), (1,), constants="y")
            pair(suite, op, d, "columns", (2, 3, 4, 5), (2, 1, 4, 1), constants="y")
            pair(suite, op, d, "rows", (1, 3, 4, 2), (3, 1, 2))
            if op != "PRELU":
                pair(suite, op, d, "vector_first", (5,), (1, 3, 4, 5), constants="x")
                pair(suite, op, d, "wider", (1, 3, 1, 5), (2, 1, 4, 5))
    for op in ("SUB", "DIV"):
        for d in ALL_TYPES:
            for fused in ("relu", "relu6", "relu_n1_to_1"):
                pair(suite, op, d, fused, (1, 4, 4, 3), (1, 4, 4, 3), fused=fused)


def unary(suite, op, dtype, name, scale=(0.05, 0), to=(0.05, 0), values=None, note="every code", tolerance=None,
          **options):
    """A function of one tensor; quantised, of all codes."""
    name = f"{op.lower()}_{dtype}_{name}"
    graph = Graph()
    if dtype == "float32":
        values = codes(generator(name), dtype, (2, 5, 7, 3)) if values is None else np.array(values, np.float32)
    else:
        values = sweep(dtype) if values is None else np.array(values).astype(dtype)
    x = graph.input(dtype, values.shape, scale[0], zero_point(dtype, scale[1]))
    graph.op(op, [x], dtype, to[0], zero_point(dtype, to[1]), version=VERSIONS[op], **options)
    suite.add(name, graph, [values], note, tolerance=tolerance)


def functions(suite):
    """Operators of one operand."""
    for d in QUANTISED:
        for i, (scale, to) in enumerate([((0.05, 0), (0.05, 0)), ((0.0473, -7), (0.0317, 20)), ((0.25, 127), (0.5, -128)),
                                         ((0.01, -128), (0.08, 3))]):
            for alpha in (0.1, 0.01, 1.5, -0.3, 0.0, 0.25):
                unary(suite, "LEAKY_RELU", d, f"{i}_{str(alpha).replace('.', '_').replace('-', 'm')}", scale, to, alpha=alpha,
                      note=f"every code, alpha {alpha}")
            unary(suite, "RELU_N1_TO_1", d, str(i), scale, to)
            unary(suite, "TANH", d, str(i), scale, (1 / 128, 0))
        unary(suite, "LEAKY_RELU", d, "single", (0.054, 127), (0.0132, 127), alpha=0.125,
              note="every code, some of which tell float32 factors from double")
    for i, (scale, to) in enumerate([((0.05, 0), (0.05, 0)), ((0.0473, -7), (0.0317, 20)), ((0.25, 127), (0.5, -128)),
                                     ((0.01, -128), (0.08, 3))]):
        unary(suite, "ABS", "int8", str(i), scale, to)
    for i, (scale, to) in enumerate([((0.05, -128), (0.05, -128)), ((0.0473, -128), (0.0017, 20)), ((2.0, -128), (0.011, 5)),
                                     ((0.0001, -128), (0.5, -100))]):
        unary(suite, "RSQRT", "int8", str(i), scale, to)
    for i, (scale, to) in enumerate([((0.03, 40), (0.05, -128)), ((0.0473, 127), (1 / 256, -128))]):
        unary(suite, "EXP", "int8", str(i), scale, to)
    unary(suite, "NEG", "int8", "codes", note="every code; the smallest stays")
    for d in QUANTISED:
        for i, (scale, shape) in enumerate([((0.05, 0), (16, 16)), ((0.25, -7), (32, 8)), ((0.0011, 100), (8, 32)),
                                            ((1.7, -128), (64, 4)), ((0.0625, 3), (1, 256)), ((0.11, 9), (256, 1)),
                                            ((0.031, 5), (2, 2000))]):
            rng = generator(f"log_softmax_{d}_{i}")
            values = np.roll(sweep(d).reshape(-1), 77) if shape[1] <= 256 else codes(rng, d, shape)
            unary(suite, "LOG_SOFTMAX", d, str(i), scale, (1 / 16, 127), values=rng.permutation(values.reshape(-1)).reshape(shape),
                  note=f"rows of {shape[1]}, scale {scale[0]}")
    special = [0, 1, -1, 3, -3, 0.5, 100, 1e-3, -1e-3, 2.5e5, 7]
    positive = [0, 1, 4, 2, 0.25, 1e-3, 1e6, 3e38, 1e-30, 1e-37, 0.1, 10, 12345.678, 7e-12]
    unary(suite, "ABS", "float32", "values", values=special, note="a few numbers")
    unary(suite, "NEG", "float32", "values", values=special, note="a few numbers")
    unary(suite, "SQUARE", "float32", "values", values=special, note="a few numbers")
    unary(suite, "SQRT", "float32", "values", values=positive, note="a few numbers", tolerance=(0, 3e-7))
    unary(suite, "RSQRT", "float32", "values", values=positive, note="a few numbers", tolerance=(0, 3e-7))
    unary(suite, "EXP", "float32", "values", values=[0, 1, -1, 5, -5, 20, -20, 88, -87, 88.6, -150, 0.1],
          note="a few numbers", tolerance=(0, 2e-5))
    unary(suite, "TANH", "float32", "random", note="random numbers")
    unary(suite, "TANH", "float32", "values", values=[0, 0.1, -0.1, 0.6, 0.65, -0.7, 5, -9, 50], note="a few numbers")
    for alpha in (0.1, 0.01, 1.5, -0.3, 0.0):
        unary(suite, "LEAKY_RELU", "float32", str(alpha).replace(".", "_").replace("-", "m"), alpha=alpha,
              note=f"random numbers, alpha {alpha}")
    unary(suite, "LOG_SOFTMAX", "float32", "random", note="random numbers", tolerance=(2e-6, 1e-5))
    unary(suite, "LOG_SOFTMAX", "float32", "rows", values=np.linspace(-4, 4, 15).reshape(3, 5), note="two dimensions",
          tolerance=(2e-6, 1e-5))


def main():
    suite = Suite("tflite/arithmetic")
    binary(suite)
    functions(suite)
    suite.close()


if __name__ == "__main__":
    main()
