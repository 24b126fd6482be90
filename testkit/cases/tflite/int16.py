"""Cases of 16-bit activations with 8-bit weights ("int16x8"); see one_operator.py.

Made with ai-edge-litert 1.2.0: from 2.0 on the reference kernel of FULLY_CONNECTED multiplies sums by a double instead of
TFLite's fixed-point scale, which its other kernels, tflite-micro and CMSIS-NN have. All other cases come out of 2.3.0 alike.
"""

import sys

import numpy as np

from one_operator import ACTIVATIONS, SAME, VALID, Graph, Suite, codes, generator

I16 = "int16"
X, Y, OUT = 0.00031, 0.00017, 0.00043
INT32, INT64 = 2, 4


def values(rng, shape):
    """Uniform codes, one in eight an extreme."""
    return codes(rng, I16, shape)


def spread(count=1024):
    """Codes over the whole range, the smallest, 0 and the largest among them; all of them where 'full' is asked for."""
    if "full" in sys.argv:
        return np.arange(-32768, 32768).astype(np.int16).reshape(1, 256, 256, 1)
    steps = np.round(np.linspace(-32768, 32767, count - 3)).astype(np.int16)
    return np.concatenate([steps, np.array([0, 1, -1], np.int16)]).reshape(1, 16, -1, 4)


def bias_of(rng, graph, kind, count, size, scale):
    if kind is None:
        return []
    dtype = {INT32: np.int32, INT64: np.int64}[kind]
    return [graph.const(rng.integers(-size, size, count).astype(dtype), scale)]


def scales_of(rng, count, base=0.01):
    return np.float32(base * rng.uniform(0.3, 1.7, count))


def conv(suite, name, shape, filters, kernel, note, groups=1, channels=True, bias=INT64, declared=INT64, padding=SAME,
         stride=1, dilation=1, fused="none", out=None, large=False, scale=X, each=0.011,
         small=None):
    """CONV_2D.

    declared: quantized_bias_type of the options. each: the weight scale without channels. small: the largest weight.
    """
    name = f"conv_2d_int16_{name}"
    rng = generator(name)
    graph = Graph()
    depth = shape[3] // groups
    weights = codes(rng, "int8", (filters, kernel[0], kernel[1], depth), 0, small)
    weights = np.maximum(weights, -127).astype(np.int8)
    scales = scales_of(rng, filters) if channels else np.float32([each])
    out = out or 0.01 * X * 127 * np.sqrt(kernel[0] * kernel[1] * depth) * 0.5
    x = graph.input(I16, shape, scale)
    w = graph.const(weights, scales, 0, 0)
    size = 1 << 33 if large else 1 << 20
    operands = [x, w, *bias_of(rng, graph, bias, filters, size, scale * scales)]
    graph.op("CONV_2D", operands, I16, out, 0, version=8, padding=padding, strideW=stride, strideH=stride,
             dilationWFactor=dilation, dilationHFactor=dilation, fusedActivationFunction=ACTIVATIONS[fused],
             quantizedBiasType=declared)
    suite.add(name, graph, [values(rng, shape)], note)


def convolutions(suite):
    conv(suite, "channel", (1, 5, 6, 4), 6, (3, 3), "scale per channel")
    conv(suite, "tensor", (1, 5, 6, 4), 6, (3, 3), "one weight scale", channels=False)
    conv(suite, "point", (2, 3, 4, 8), 16, (1, 1), "1x1, two images")
    conv(suite, "point_odd", (1, 3, 3, 7), 5, (1, 1), "1x1, odd channels")
    conv(suite, "stride", (1, 7, 8, 3), 4, (3, 3), "stride 2", stride=2)
    conv(suite, "valid", (1, 7, 8, 3), 4, (3, 2), "VALID", padding=VALID)
    conv(suite, "dilated", (1, 8, 8, 3), 4, (3, 3), "dilation 2", dilation=2)
    conv(suite, "groups", (1, 4, 4, 6), 9, (3, 3), "3 groups", groups=3)
    conv(suite, "relu", (1, 5, 5, 4), 6, (3, 3), "RELU", fused="relu")
    conv(suite, "relu6", (1, 5, 5, 4), 6, (3, 3), "RELU6", fused="relu6", out=0.0004)
    conv(suite, "large_bias", (1, 4, 4, 4), 6, (3, 3), "biases beyond 32 bits", large=True)
    conv(suite, "wide", (1, 2, 2, 300), 4, (3, 3), "2700 products, sums beyond 32 bits")
    conv(suite, "sums32", (1, 5, 6, 4), 6, (3, 3), "int32 bias, sums of 32 bits", bias=INT32, declared=INT32)
    for name, bias in (("ties", INT64), ("ties_sums32", INT32)):
        conv(suite, name, (1, 6, 6, 4), 8, (3, 3), "scales are powers of two, many ties", channels=False, bias=bias,
             declared=bias, scale=2.0 ** -12, each=2.0 ** -7, out=2.0 ** -13, small=8)
    conv(suite, "saturates", (1, 4, 4, 4), 6, (3, 3), "most results at the limits", out=0.0003)


def depthwise(suite, name, shape, multiplier, kernel, note, channels=True, bias=INT64, padding=SAME, stride=1, dilation=1,
              fused="none"):
    name = f"depthwise_conv_2d_int16_{name}"
    rng = generator(name)
    graph = Graph()
    filters = shape[3] * multiplier
    weights = np.maximum(codes(rng, "int8", (1, kernel[0], kernel[1], filters)), -127).astype(np.int8)
    scales = scales_of(rng, filters) if channels else np.float32([0.012])
    x = graph.input(I16, shape, X)
    w = graph.const(weights, scales, 0, 3)
    operands = [x, w, *bias_of(rng, graph, bias, filters, 1 << 20, X * scales)]
    graph.op("DEPTHWISE_CONV_2D", operands, I16, 0.0009, 0, version=5, padding=padding, strideW=stride, strideH=stride,
             dilationWFactor=dilation, dilationHFactor=dilation, depthMultiplier=multiplier,
             fusedActivationFunction=ACTIVATIONS[fused])
    suite.add(name, graph, [values(rng, shape)], note)


def depthwise_convolutions(suite):
    depthwise(suite, "channel", (1, 5, 6, 8), 1, (3, 3), "scale per channel")
    depthwise(suite, "tensor", (1, 5, 6, 5), 1, (3, 3), "one weight scale", channels=False)
    depthwise(suite, "no_bias", (1, 5, 6, 5), 1, (3, 3), "without bias", bias=None)
    depthwise(suite, "multiplier", (1, 5, 6, 3), 4, (3, 3), "multiplier 4")
    depthwise(suite, "stride", (2, 7, 8, 3), 1, (5, 3), "stride 2, two images", stride=2)
    depthwise(suite, "valid_relu", (1, 6, 6, 4), 1, (3, 3), "VALID, RELU", padding=VALID, fused="relu")
    depthwise(suite, "dilated", (1, 8, 8, 3), 1, (3, 3), "dilation 2", dilation=2)
    depthwise(suite, "seven", (1, 9, 9, 3), 1, (7, 7), "7x7")


def fully_connected(suite, name, shape, units, note, channels=False, bias=INT64, declared=INT64, fused="none", keep=False):
    name = f"fully_connected_int16_{name}"
    rng = generator(name)
    graph = Graph()
    depth = shape[-1]
    weights = np.maximum(codes(rng, "int8", (units, depth)), -127).astype(np.int8)
    scales = scales_of(rng, units) if channels else np.float32([0.013])
    x = graph.input(I16, shape, X)
    w = graph.const(weights, scales, 0, 0)
    operands = [x, w, *bias_of(rng, graph, bias, units, 1 << 20, X * scales)]
    graph.op("FULLY_CONNECTED", operands, I16, 0.01 * X * 127 * np.sqrt(depth) * 0.5, 0, version=11, keepNumDims=keep,
             fusedActivationFunction=ACTIVATIONS[fused], quantizedBiasType=declared)
    suite.add(name, graph, [values(rng, shape)], note)


def dense(suite):
    fully_connected(suite, "tensor", (3, 20), 7, "one weight scale")
    fully_connected(suite, "channel", (3, 20), 7, "scale per unit", channels=True)
    fully_connected(suite, "no_bias", (2, 33), 6, "without bias", bias=None)
    fully_connected(suite, "relu", (2, 16), 8, "RELU", fused="relu")
    fully_connected(suite, "rows", (2, 3, 12), 5, "three dimensions", keep=True)
    fully_connected(suite, "sums32", (3, 20), 7, "int32 bias, sums of 32 bits", bias=INT32, declared=INT32)
    fully_connected(suite, "long", (1, 3000), 2, "3000 products")


def binary(suite, op, name, left, right, note, scales=(X, Y, OUT), fused="none", constant=False, small=None):
    """small: the largest magnitude of the operands' codes."""
    name = f"{op.lower()}_int16_{name}"
    rng = generator(name)
    graph = Graph()
    options = {} if op in ("MAXIMUM", "MINIMUM") else {"fusedActivationFunction": ACTIVATIONS[fused]}
    if op in ("ADD", "SUB"):
        options["potScaleInt16"] = False
    x = graph.input(I16, left, scales[0])
    given = [values(rng, left) if small is None else codes(rng, I16, left, 0, small)]
    if constant:
        y = graph.const(values(rng, right), scales[1])
    else:
        y = graph.input(I16, right, scales[1])
        given.append(values(rng, right) if small is None else codes(rng, I16, right, 0, small))
    version = {"ADD": 4, "SUB": 5, "MUL": 5, "MAXIMUM": 3, "MINIMUM": 3}[op]
    graph.op(op, [x, y], I16, scales[2], 0, version=version, **options)
    suite.add(name, graph, given, note)


def arithmetic(suite):
    for op in ("ADD", "SUB", "MUL"):
        scales = (X, Y, 0.0021) if op == "MUL" else (X, Y, OUT)
        if op == "MUL":
            scales = (0.0031, 0.0017, 0.0043)
        binary(suite, op, "same", (1, 8, 8, 16), (1, 8, 8, 16), "random codes", scales)
        binary(suite, op, "apart", (1, 4, 4, 16), (1, 4, 4, 16), "scales far apart",
               tuple(s * f for s, f in zip(scales, (100, 0.03, 77))))
        binary(suite, op, "vector", (1, 4, 4, 8), (8,), "constant vector", scales, constant=True)
        binary(suite, op, "scalar", (1, 4, 4, 8), (1,), "constant", scales, constant=True)
        binary(suite, op, "gate", (2, 3, 4, 8), (2, 1, 1, 8), "broadcast over rows and columns", scales)
        binary(suite, op, "relu6", (1, 4, 4, 8), (1, 4, 4, 8), "RELU6", scales, fused="relu6")
        if op != "MUL":
            binary(suite, op, "fine", (1, 8, 8, 16), (1, 8, 8, 16), "results in far finer steps than the operands",
                   (0.003149, 0.0017171, 0.00001373), small=100)
        binary(suite, op, "powers", (1, 4, 8, 16), (1, 4, 8, 16), "powers of two, many ties",
               (2.0 ** -9, 2.0 ** -11, 2.0 ** -10) if op == "MUL" else (2.0 ** -12, 2.0 ** -14, 2.0 ** -10))
    for op in ("MAXIMUM", "MINIMUM"):
        binary(suite, op, "same", (1, 4, 4, 8), (1, 4, 4, 8), "random codes", (X, X, X))
        binary(suite, op, "vector", (1, 4, 4, 8), (8,), "constant vector", (X, X, X), constant=True)


def pool(suite, op, name, shape, filter_, note, padding=VALID, stride=1, fused="none", scale=X):
    name = f"{op.lower()}_int16_{name}"
    graph = Graph()
    x = graph.input(I16, shape, scale)
    graph.op(op, [x], I16, scale, 0, version=3, padding=padding, strideW=stride, strideH=stride, filterWidth=filter_[1],
             filterHeight=filter_[0], fusedActivationFunction=ACTIVATIONS[fused])
    suite.add(name, graph, [values(generator(name), shape)], note)


def pools(suite):
    for op in ("AVERAGE_POOL_2D", "MAX_POOL_2D"):
        pool(suite, op, "two", (1, 6, 6, 5), (2, 2), "2x2, stride 2", stride=2)
        pool(suite, op, "same", (2, 5, 7, 3), (3, 3), "3x3, SAME", padding=SAME)
        pool(suite, op, "global", (1, 7, 7, 8), (7, 7), "the whole map")
        pool(suite, op, "relu6", (1, 4, 4, 4), (2, 2), "RELU6", fused="relu6", scale=0.0009)


def mean(suite, name, shape, axes, keep, note, scales):
    name = f"mean_int16_{name}"
    graph = Graph()
    x = graph.input(I16, shape, scales[0])
    graph.op("MEAN", [x, graph.ints(*axes)], I16, scales[1], 0, version=3, keepDims=keep)
    suite.add(name, graph, [values(generator(name), shape)], note)


def means(suite):
    mean(suite, "image", (2, 7, 7, 5), (1, 2), False, "rows and columns", (X, Y))
    mean(suite, "keep", (1, 4, 4, 6), (1, 2), True, "rows and columns, dimensions kept", (X, X))
    mean(suite, "rows", (2, 5, 6), (1,), False, "one dimension", (X, OUT))
    mean(suite, "up", (1, 8, 8, 4), (1, 2), True, "to a far smaller scale", (X, 0.00002))


def unary(suite, op, name, scale, to, note, shape=None, dtype=I16, version=2, given=None, **options):
    name = f"{op.lower()}_int16_{name}"
    graph = Graph()
    data = spread() if shape is None else values(generator(name), shape)
    if given is not None:
        data = given
    x = graph.input(data.dtype.name, data.shape, scale)
    graph.op(op, [x], dtype, to, 0, version=version, **options)
    suite.add(name, graph, [data], note, dtype=I16)


def functions(suite):
    for i, (scale, to) in enumerate([(X, X), (0.0004, 0.0003), (0.0002, 0.0005)]):
        unary(suite, "RELU", str(i), scale, to, "codes over the range", version=3)
        unary(suite, "RELU6", str(i), scale, to, "codes over the range", version=3)
        unary(suite, "ABS", str(i), scale, to, "codes over the range", version=3)
        unary(suite, "LEAKY_RELU", str(i), scale, to, "codes over the range, alpha 0.1", alpha=0.1)
    unary(suite, "LEAKY_RELU", "negative", X, X, "codes over the range, alpha -0.7", alpha=-0.7)
    for name, scale in (("grid", 2.0 ** -12), ("double", 2.0 ** -11), ("odd", 0.0003), ("small", 0.00001), ("large", 0.01),
                        ("fine", 2.0 ** -14)):
        unary(suite, "LOGISTIC", name, scale, 1 / 32768, f"codes over the range, scale {scale}", version=3)
        unary(suite, "TANH", name, scale, 1 / 32768, f"codes over the range, scale {scale}", version=3)
    for i, (shape, scale, beta) in enumerate([((1, 10), X, 1.0), ((3, 1), X, 1.0), ((2, 3, 7), 0.001, 1.0),
                                              ((1, 1000), 0.0002, 1.0), ((2, 2, 3, 5), 2.0 ** -12, 2.0), ((4, 12), 0.01, 0.5)]):
        unary(suite, "SOFTMAX", str(i), scale, 1 / 32768, f"rows of {shape[-1]}, beta {beta}", shape=shape, version=3,
              beta=beta)


def quantise(suite):
    reals = np.concatenate([np.linspace(-12, 12, 509), [0, 1e-4, -1e-4]]).astype(np.float32).reshape(1, 8, 8, 8)
    for i, to in enumerate((X, 2.0 ** -12, 0.0001)):
        unary(suite, "QUANTIZE", f"from_float32_{i}", None, to, "reals, some beyond the codes", given=reals)
        unary(suite, "DEQUANTIZE", f"to_float32_{i}", to, None, "codes over the range", dtype="float32", version=3)
    for i, (scale, to) in enumerate([(X, 0.08), (0.0004, 0.05), (2.0 ** -12, 2.0 ** -4)]):
        unary(suite, "QUANTIZE", f"to_int8_{i}", scale, to, "codes over the range", dtype="int8")
        unary(suite, "QUANTIZE", f"to_int16_{i}", scale, 1.3 * scale, "codes over the range")


def moves(suite):
    shape = (1, 4, 5, 3)
    name = "concatenation_int16_channels"
    rng = generator(name)
    graph = Graph()
    parts = [graph.input(I16, (1, 4, 5, n), X) for n in (3, 5)]
    graph.op("CONCATENATION", parts, I16, X, 0, version=3, axis=3)
    suite.add(name, graph, [values(rng, (1, 4, 5, n)) for n in (3, 5)], "along the channels")
    name = "pad_int16_image"
    graph = Graph()
    x = graph.input(I16, shape, X)
    graph.op("PAD", [x, graph.const(np.array([[0, 0], [1, 2], [0, 1], [0, 0]], np.int32))], I16, X, 0, version=2)
    suite.add(name, graph, [values(generator(name), shape)], "rows and columns")
    name = "reshape_int16_rows"
    graph = Graph()
    x = graph.input(I16, shape, X)
    graph.op("RESHAPE", [x, graph.ints(20, 3)], I16, X, 0)
    suite.add(name, graph, [values(generator(name), shape)], "to rows")


def copies(suite):
    """The operators that copy elements, as movement.py has them."""
    shape, twice = (1, 4, 5, 6), [(1, 4, 5), (1, 4, 5)]
    for op, version, constants, options, parts, out in [
            ("SLICE", 4, [[0, 1, 0, 2], [1, 2, -1, 3]], {}, [shape], 1),
            ("STRIDED_SLICE", 4, [[0, -1, 0, 5], [1, 0, 5, 0], [1, -1, 2, -2]], {}, [shape], 1),
            ("TRANSPOSE", 4, [[0, 3, 1, 2]], {}, [shape], 1),
            ("PADV2", 2, [[[0, 0], [1, 2], [0, 1], [0, 0]]], {}, [shape], 1),
            ("PACK", 2, [], {"axis": 1, "valuesCount": 2}, twice, 1),
            ("UNPACK", 4, [], {"axis": 1, "num": 4}, [shape], 4)]:
        name = f"{op.lower()}_int16"
        graph = Graph()
        inputs = [graph.input(I16, p, X) for p in parts]
        after = [graph.const(np.array(c, np.int32)) for c in constants]
        if op == "PADV2":
            after.append(graph.const(np.array([-1234], np.int16), X))
        graph.op(op, inputs + after, I16, X, 0, version, out, **options)
        rng = generator(name)
        suite.add(name, graph, [values(rng, p) for p in parts], "codes as they are", op=op)


def network(suite):
    """Convolution, depthwise block with a sum, pool, dense, softmax."""
    name = "graph_int16_network"
    rng = generator(name)
    graph = Graph()

    def weights(shape, axis):
        w = np.maximum(codes(rng, "int8", shape), -127).astype(np.int8)
        scales = scales_of(rng, shape[axis])
        return graph.const(w, scales, 0, axis), scales

    def bias(scale, scales):
        return graph.const(rng.integers(-(1 << 20), 1 << 20, len(scales)).astype(np.int64), scale * scales)

    x = graph.input(I16, (1, 12, 12, 3), X)
    w, s = weights((8, 3, 3, 3), 0)
    stem = graph.op("CONV_2D", [x, w, bias(X, s)], I16, 0.0008, 0, version=8, padding=SAME, strideW=2, strideH=2,
                    fusedActivationFunction=1, quantizedBiasType=INT64)
    w, s = weights((1, 3, 3, 8), 3)
    deep = graph.op("DEPTHWISE_CONV_2D", [stem, w, bias(0.0008, s)], I16, 0.0015, 0, version=5, padding=SAME, strideW=1,
                    strideH=1, depthMultiplier=1, fusedActivationFunction=1)
    w, s = weights((8, 1, 1, 8), 0)
    point = graph.op("CONV_2D", [deep, w, bias(0.0015, s)], I16, 0.002, 0, version=8, padding=SAME, strideW=1, strideH=1,
                     quantizedBiasType=INT64)
    total = graph.op("ADD", [point, stem], I16, 0.0023, 0, version=4, potScaleInt16=False)
    pooled = graph.op("MEAN", [total, graph.ints(1, 2)], I16, 0.0011, 0, version=3, keepDims=False)
    w, s = weights((10, 8), 0)
    logits = graph.op("FULLY_CONNECTED", [pooled, graph.const(np.maximum(codes(rng, "int8", (10, 8)), -127).astype(np.int8),
                                                              0.01), bias(0.0011, np.full(10, 0.01, np.float32))],
                      I16, 0.0007, 0, version=11, quantizedBiasType=INT64)
    graph.op("SOFTMAX", [logits], I16, 1 / 32768, 0, version=3, beta=1.0)
    suite.add(name, graph, [values(rng, (1, 12, 12, 3))], "a small network", op="GRAPH", dtype=I16)


def main():
    suite = Suite("tflite/int16")
    convolutions(suite)
    depthwise_convolutions(suite)
    dense(suite)
    arithmetic(suite)
    pools(suite)
    means(suite)
    functions(suite)
    quantise(suite)
    moves(suite)
    copies(suite)
    network(suite)
    suite.close()


if __name__ == "__main__":
    main()
