"""Cases of the operators that move elements; see one_operator.py."""

import numpy as np

from one_operator import ALL_TYPES, SAME, TENSOR_TYPES, VALID, Graph, Suite, codes, generator, zero_point

SCALE = 0.05


# A uint8 kernel that copies is the int8 one: each operator once tells whether the type is taken.
COPIED = ("int8", "float32")


def moved(suite, name, dtype, note, op, shape, constants=(), results=1, version=None, lead=(), data=None, **options):
    """One operator that copies elements: the operand has this shape, constants are int32 tensors.

    lead: constants that come before the operand. data: the operand's contents, by default random.
    """
    name = f"{op.lower()}_{dtype}_{name}"
    graph = Graph()
    zero = zero_point(dtype, -7)
    before = [graph.const(np.array(c, np.int32)) for c in lead]
    x = graph.input(dtype, shape, SCALE, zero)
    after = [graph.const(np.array(c, np.int32)) for c in constants]
    graph.op(op, [*before, x, *after], dtype, SCALE, zero, version or 1, results, **options)
    suite.add(name, graph, [codes(generator(name), dtype, shape) if data is None else data], note, op=op, dtype=dtype)


def views(suite):
    """EXPAND_DIMS and TRANSPOSE."""
    for d in COPIED:
        moved(suite, "front", d, "axis 0", "EXPAND_DIMS", (3, 4), [[0]])
        moved(suite, "back", d, "axis -1", "EXPAND_DIMS", (2, 3, 4), [[-1]])
        moved(suite, "scalar_axis", d, "axis 1 as a scalar", "EXPAND_DIMS", (5, 2), [1])
        version = 1 if d != "int8" else 2
        for order in ([0, 3, 1, 2], [0, 2, 3, 1], [3, 2, 1, 0]):
            moved(suite, "".join(map(str, order)), d, f"order {order}", "TRANSPOSE", (2, 3, 4, 5), [order],
                  version=version)
        moved(suite, "10", d, "a matrix", "TRANSPOSE", (3, 7), [[1, 0]], version=version)
        moved(suite, "same", d, "order as it is", "TRANSPOSE", (2, 3, 4), [[0, 1, 2]], version=version)


def slices(suite):
    """SLICE, STRIDED_SLICE, GATHER, SPLIT, SPLIT_V and UNPACK."""
    for d in COPIED:
        version = 2 if d == "int8" else 1
        moved(suite, "box", d, "a box", "SLICE", (1, 5, 6, 3), [[0, 1, 2, 1], [1, 3, 2, 2]], version=version)
        moved(suite, "rest", d, "-1: all of the rest", "SLICE", (2, 4, 3), [[0, 2, 0], [-1, -1, 2]], version=version)
        moved(suite, "whole", d, "all of it", "SLICE", (3, 4), [[0, 0], [-1, 4]], version=version)

        def strided(name, note, shape, begin, end, strides, **masks):
            moved(suite, name, d, note, "STRIDED_SLICE", shape, [begin, end, strides], version=version, **masks)

        strided("box", "ends counted from the end", (1, 5, 6, 3), [0, 1, -4, 0], [1, -1, -1, 3], [1, 1, 1, 1])
        strided("steps", "every second row, third column", (1, 7, 8, 2), [0, 1, 0, 0], [1, 7, 8, 2], [1, 2, 3, 1])
        strided("back", "rows backwards, channels backwards by 2", (1, 4, 3, 5), [0, -1, 0, 4], [1, -9, 3, -6],
                [1, -1, 1, -2])
        strided("masks", "begin and end masks", (2, 5, 4), [9, 1, 9], [9, 9, -1], [1, 2, 1], beginMask=5, endMask=3)
        strided("back_masks", "begin and end masks, backwards", (2, 5), [9, 1], [9, 9], [1, -2], beginMask=3,
                endMask=3)
        strided("shrink", "the last row by itself", (2, 5, 4), [0, -1, 1], [2, 0, 4], [1, 1, 1], shrinkAxisMask=2)
        strided("shrink_all", "one element", (3, 4), [2, -2], [3, 0], [1, 1], shrinkAxisMask=3)
        strided("new_axis", "a new dimension of size 1", (3, 4), [0, 0, 1], [3, 0, 4], [1, 1, 2], newAxisMask=2)
        strided("few", "fewer than there are dimensions", (4, 3, 2), [1], [3], [1])
        strided("beyond", "ends beyond the dimension", (3, 4), [-99, 1], [99, 99], [1, 1])

        moved(suite, "channels", d, "axis 3, repeated and backwards", "GATHER", (1, 3, 2, 5), [[4, 0, 0, 2]],
              version=version, axis=3)
        moved(suite, "square", d, "axis 1, indices of rank 2", "GATHER", (2, 4, 3), [[[1, 3], [2, 2]]],
              version=version, axis=1)
        moved(suite, "one", d, "axis -1, one index", "GATHER", (3, 4), [2], version=version, axis=-1)

        split = 2 if d == "int8" else 1
        moved(suite, "channels", d, "axis 3 in three", "SPLIT", (1, 3, 2, 6), results=3, version=split, lead=[3],
              numSplits=3)
        moved(suite, "rows", d, "axis -3 in two", "SPLIT", (1, 4, 3, 2), results=2, version=split, lead=[-3],
              numSplits=2)
        moved(suite, "one", d, "in one", "SPLIT", (2, 3), results=1, version=split, lead=[1], numSplits=1)
        moved(suite, "uneven", d, "parts of 1, 3 and the rest", "SPLIT_V", (1, 3, 7, 2), [[1, 3, -1], 2], results=3,
              version=2 if d == "int8" else 1, numSplits=3)
        moved(suite, "back", d, "axis -1", "SPLIT_V", (2, 5), [[4, 1], -1], results=2,
              version=2 if d == "int8" else 1, numSplits=2)
        moved(suite, "rows", d, "axis 1", "UNPACK", (2, 3, 4), results=3, version=2 if d == "int8" else 1, num=3,
              axis=1)
        moved(suite, "back", d, "axis -1", "UNPACK", (3, 2), results=2, version=2 if d == "int8" else 1, num=2,
              axis=-1)


def unsigned(suite):
    """Each operator that copies, once in uint8."""
    d = "uint8"
    moved(suite, "front", d, "axis 0", "EXPAND_DIMS", (3, 4), [[0]])
    moved(suite, "0312", d, "to planes", "TRANSPOSE", (2, 3, 4, 5), [[0, 3, 1, 2]])
    moved(suite, "box", d, "a box", "SLICE", (1, 5, 6, 3), [[0, 1, 2, 1], [1, 3, 2, 2]])
    moved(suite, "steps", d, "every second row, third column", "STRIDED_SLICE", (1, 7, 8, 2),
          [[0, 1, 0, 0], [1, 7, 8, 2], [1, 2, 3, 1]])
    moved(suite, "channels", d, "axis 3 in three", "SPLIT", (1, 3, 2, 6), results=3, lead=[3], numSplits=3)
    moved(suite, "uneven", d, "parts of 1, 3 and the rest", "SPLIT_V", (1, 3, 7, 2), [[1, 3, -1], 2], results=3,
          numSplits=3)
    moved(suite, "rows", d, "axis 1", "UNPACK", (2, 3, 4), results=3, num=3, axis=1)
    moved(suite, "2", d, "block 2", "DEPTH_TO_SPACE", (2, 2, 3, 12), blockSize=2)
    moved(suite, "2", d, "block 2", "SPACE_TO_DEPTH", (2, 4, 6, 3), blockSize=2)
    graph = Graph()
    parts = [graph.input(d, (2, 3, 2), SCALE, 131) for _ in range(3)]
    graph.op("PACK", parts, d, SCALE, 131, valuesCount=3, axis=1)
    suite.add("pack_uint8_middle", graph, [codes(generator(f"pack{i}"), d, (2, 3, 2)) for i in range(3)], "axis 1")


def packs(suite):
    """PACK."""
    for d in COPIED:
        for name, axis, note in (("front", 0, "axis 0"), ("middle", 1, "axis 1"), ("back", -1, "axis -1")):
            case = f"pack_{d}_{name}"
            graph = Graph()
            zero = zero_point(d, 3)
            rng = generator(case)
            parts = [graph.input(d, (2, 3, 2), SCALE, zero) for _ in range(3)]
            graph.op("PACK", parts, d, SCALE, zero, 2 if d == "int8" else 1, valuesCount=3, axis=axis)
            suite.add(case, graph, [codes(rng, d, (2, 3, 2)) for _ in parts], note)


def blocks(suite):
    """DEPTH_TO_SPACE and SPACE_TO_DEPTH."""
    for d in COPIED:
        version = 2 if d == "int8" else 1
        moved(suite, "2", d, "block 2", "DEPTH_TO_SPACE", (2, 2, 3, 12), blockSize=2)
        moved(suite, "3", d, "block 3, one channel", "DEPTH_TO_SPACE", (1, 2, 2, 9), blockSize=3)
        moved(suite, "2", d, "block 2", "SPACE_TO_DEPTH", (2, 4, 6, 3), version=version, blockSize=2)
        moved(suite, "3", d, "block 3, one channel", "SPACE_TO_DEPTH", (1, 3, 6, 1), version=version, blockSize=3)


def pads(suite):
    """PADV2, alone and before a maximum pool."""
    for d in ALL_TYPES:
        values = {"least": -128, "zero_point": -7, "code": 43} if d != "float32" else \
            {"least": float("-inf"), "zero_point": 0.0, "code": -1.75}
        for name, value in values.items():
            graph, tensor = padded(d, f"padv2_{d}_{name}", (1, 3, 4, 2), [[0, 0], [1, 2], [0, 1], [0, 0]], value)
            graph.op("PADV2", tensor, d, SCALE, zero_point(d, -7), 2 if d == "int8" else 1)
            suite.add(f"padv2_{d}_{name}", graph, [codes(generator(name + d), d, (1, 3, 4, 2))], f"value {value}")
        graph, tensor = padded(d, f"padv2_{d}_all", (2, 2), [[1, 0], [2, 3]], values["code"])
        graph.op("PADV2", tensor, d, SCALE, zero_point(d, -7), 2 if d == "int8" else 1)
        suite.add(f"padv2_{d}_all", graph, [codes(generator("all" + d), d, (2, 2))], "every dimension")
        for name, value in (("least", values["least"]), ("code", values["code"])):
            case = f"graph_{d}_padv2_max_{name}"
            graph, tensor = padded(d, case, (1, 5, 5, 2), [[0, 0], [1, 1], [1, 1], [0, 0]], value)
            y = graph.op("PADV2", tensor, d, SCALE, zero_point(d, -7), 2 if d == "int8" else 1)
            graph.op("MAX_POOL_2D", [y], d, SCALE, zero_point(d, -7), 2 if d == "int8" else 1, padding=VALID, strideH=2,
                     strideW=2, filterHeight=3, filterWidth=3)
            suite.add(case, graph, [codes(generator(case), d, (1, 5, 5, 2))], f"PADV2 with {value}, MAX_POOL_2D",
                      op="GRAPH")


def padded(dtype, name, shape, paddings, value):
    """A graph with the operands of a PADV2."""
    graph = Graph()
    zero = zero_point(dtype, -7)
    x = graph.input(dtype, shape, SCALE, zero)
    counts = graph.const(np.array(paddings, np.int32))
    code = value + 128 if dtype == "uint8" else value
    constant = np.array([code], dtype)
    return graph, [x, counts, graph.const(constant, None if dtype == "float32" else SCALE, zero)]


def resizes(suite):
    """RESIZE_NEAREST_NEIGHBOR and RESIZE_BILINEAR."""
    sizes = (((3, 4), (6, 8)), ((3, 4), (5, 9)), ((6, 7), (3, 3)), ((1, 3), (4, 1)), ((4, 4), (4, 4)))
    modes = (("plain", {}), ("align", {"alignCorners": True}), ("half", {"halfPixelCenters": True}))
    for d in ALL_TYPES:
        for op in ("RESIZE_NEAREST_NEIGHBOR", "RESIZE_BILINEAR"):
            if op == "RESIZE_NEAREST_NEIGHBOR" and d not in COPIED:
                continue
            for mode, options in modes:
                for before, after in sizes:
                    name = f"{mode}_{before[0]}x{before[1]}_{after[0]}x{after[1]}"
                    version = 3 if "half" in mode else 2 if d == "int8" else 1
                    moved(suite, name, d, f"{before} to {after}, {mode}", op, (1, *before, 2), [list(after)],
                          version=version, **options)
        moved(suite, "both", d, "aligned corners and half pixels", "RESIZE_NEAREST_NEIGHBOR", (2, 3, 4, 1), [[7, 5]],
              version=3, alignCorners=True, halfPixelCenters=True)


def dilations(suite):
    """A convolution between SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND, as TensorFlow 1 writes dilation."""
    cases = (
        # VALID: rows and columns are added behind to make whole blocks, and cropped again.
        ("valid", (1, 7, 8, 2), (2, 3), [[0, 1], [0, 1]], [[0, 1], [0, 1]], VALID),
        # SAME: the window's padding around, then as before.
        ("same", (1, 7, 6, 2), (2, 2), [[2, 3], [2, 2]], [[0, 1], [0, 0]], VALID),
        # SAME left to the convolution in between.
        ("inner", (2, 6, 5, 2), (3, 2), [[0, 0], [0, 1]], [[0, 0], [0, 1]], SAME),
        ("square", (1, 8, 8, 2), (4, 4), [[4, 4], [4, 4]], [[0, 0], [0, 0]], VALID))
    for d in ALL_TYPES:
        for name, shape, block, paddings, crops, padding in cases:
            for depthwise in (False, True):
                case = f"{'depthwise' if depthwise else 'conv'}_{d}_batches_{name}"
                rng = generator(case)
                graph = Graph()
                s_in, s_out, z_in = 0.1, 0.25, zero_point(d, -9)
                x = graph.input(d, shape, s_in, z_in)
                version = 2 if d == "int8" else 1
                blocks = graph.const(np.array(block, np.int32))
                apart = graph.op("SPACE_TO_BATCH_ND", [x, blocks, graph.const(np.array(paddings, np.int32))], d, s_in,
                                 z_in, version)
                channels = 4 if depthwise else 3
                weights = convolution_constants(graph, rng, d, (1, 3, 3, 4) if depthwise else (3, 3, 3, 2),
                                                3 if depthwise else 0, channels, s_in)
                options = dict(padding=padding, strideH=1, strideW=1, dilationHFactor=1, dilationWFactor=1,
                               fusedActivationFunction=1)
                y = graph.op("DEPTHWISE_CONV_2D" if depthwise else "CONV_2D", [apart, *weights], d, s_out,
                             zero_point(d, 4), 3 if d == "int8" else 1, **options,
                             **({"depthMultiplier": 2} if depthwise else {}))
                graph.op("BATCH_TO_SPACE_ND", [y, blocks, graph.const(np.array(crops, np.int32))], d, s_out,
                         zero_point(d, 4), version)
                suite.add(case, graph, [codes(rng, d, shape)], f"block {block}, paddings {paddings}, crops {crops}",
                          op="GRAPH")


def convolution_constants(graph, rng, dtype, shape, axis, channels, s_in):
    """Weights and bias, int8 weights with a scale for each channel."""
    if dtype == "float32":
        return [graph.const(rng.normal(0, 0.5, shape).astype(np.float32)),
                graph.const(rng.normal(0, 1, channels).astype(np.float32))]
    scale = np.resize(np.array([0.02, 0.031, 0.0175, 0.05]), channels if dtype == "int8" else 1).astype(np.float32)
    weights = rng.integers(-90, 91, shape)
    zero = 128 if dtype == "uint8" else 0
    return [graph.const((weights + zero).astype(dtype), scale, zero, axis),
            graph.const(rng.integers(-500, 500, channels).astype(np.int32), np.float32(s_in) * scale)]


def narrow_weights(suite):
    """Weights of float16, and of int8 beside float activations.

    TFLite's hybrid kernels round activations to int8, one scale for each image; ours computes in float32. The tolerance of
    int8 is what that rounding can do: half a step of each activation times the weights, which stays below 0.35 here.
    """
    for case, dtype in (("float16", "float16"), ("int8", "int8")):
        for op in ("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"):
            for whole in ((False,) if dtype == "float16" or op == "FULLY_CONNECTED" else (False, True)):
                name = f"{op.lower()}_{case}_weights{'_whole' if whole else ''}"
                rng = generator(name)
                graph = Graph()
                shape = (2, 12) if op == "FULLY_CONNECTED" else (2, 5, 6, 4)
                wshape = {"CONV_2D": (3, 3, 3, 4), "DEPTHWISE_CONV_2D": (1, 3, 3, 4), "FULLY_CONNECTED": (3, 12)}[op]
                channels = 4 if op == "DEPTHWISE_CONV_2D" else 3
                axis = 3 if op == "DEPTHWISE_CONV_2D" else 0
                x = graph.input("float32", shape)
                real = rng.normal(0, 0.3, wshape)
                bias = rng.normal(0, 1, channels)
                if dtype == "float16":
                    weights = graph.op("DEQUANTIZE", [graph.const(real.astype(np.float16))], "float32", version=3)
                    bias = graph.op("DEQUANTIZE", [graph.const(bias.astype(np.float16))], "float32", version=3)
                else:
                    one = whole or op == "FULLY_CONNECTED"
                    reach = np.abs(real).max() if one else np.abs(real).max(axis=tuple(i for i in range(real.ndim) if i != axis))
                    scale = (reach / 127).astype(np.float32)
                    wide = scale if one else scale.reshape([-1 if i == axis else 1 for i in range(real.ndim)])
                    weights = graph.const(np.clip(np.rint(real / wide), -127, 127).astype(np.int8), scale, 0, axis)
                    bias = graph.const(bias.astype(np.float32))
                options = {} if op == "FULLY_CONNECTED" else dict(
                    padding=SAME, strideH=1, strideW=1, dilationHFactor=1, dilationWFactor=1)
                version = 1 if dtype == "float16" else {"CONV_2D": 5, "DEPTHWISE_CONV_2D": 6, "FULLY_CONNECTED": 3}[op]
                graph.op(op, [x, weights, bias], "float32", version=version, **options)
                suite.add(name, graph, [rng.normal(0, 1, shape).astype(np.float32)], f"{case} weights, {op}",
                          dtype="float32", tolerance=None if dtype == "float16" else (0.05, 0))


def arg_max(suite):
    """ARG_MAX."""
    for d in ALL_TYPES:
        for name, shape, axis, result in (("last", (2, 3, 5), -1, "int32"), ("long", (2, 3, 5), 2, "int64"),
                                          ("rows", (2, 4, 3, 2), 1, "int32"), ("vector", (9,), 0, "int32"),
                                          ("one", (3, 1), 1, "int64")):
            case = f"arg_max_{d}_{name}"
            graph = Graph()
            x = graph.input(d, shape, SCALE, zero_point(d, -7))
            graph.op("ARG_MAX", [x, graph.const(np.array(axis, np.int32))], result, version=2 if d == "int8" else 1,
                     outputType=TENSOR_TYPES[result])
            values = codes(generator(case), d, shape)
            # Few different values, so that equal ones meet.
            values = np.round(values / 2).astype(d) if d == "float32" else (values // 64 * 64).astype(d)
            suite.add(case, graph, [values], f"axis {axis}, {result}", dtype=d)


def main():
    suite = Suite("tflite/movement")
    views(suite)
    slices(suite)
    packs(suite)
    blocks(suite)
    pads(suite)
    resizes(suite)
    arg_max(suite)
    unsigned(suite)
    dilations(suite)
    narrow_weights(suite)
    suite.close()


if __name__ == "__main__":
    main()
