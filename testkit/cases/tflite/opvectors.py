"""Cases of the operators of the field's older networks; see one_operator.py.

Scales are often powers of two, so that many accumulators fall on rounding ties.

Made with ai-edge-litert 1.2.0: later reference kernels of FULLY_CONNECTED round int8 and uint8 once, half away from zero.
TensorFlow 2.18.1 gives the bytes of 1.2.0. Python 3.11, numpy 2.0.2, flatbuffers 25.12.19:

    pip install ai-edge-litert==1.2.0 numpy==2.0.2 flatbuffers==25.12.19
    python testkit/cases/tflite/opvectors.py
"""

import numpy as np

import one_operator
from one_operator import (ACTIVATIONS, ALL_TYPES, QUANTISED, SAME, VALID, Suite, codes, generator, schema, sweep,
                          zero_point)

INT8_VERSIONS = {
    "CONV_2D": 3, "DEPTHWISE_CONV_2D": 3, "FULLY_CONNECTED": 4, "AVERAGE_POOL_2D": 2,
    "MAX_POOL_2D": 2, "MEAN": 2, "ADD": 2, "MUL": 2, "CONCATENATION": 2, "PAD": 2, "SOFTMAX": 2,
    "LOGISTIC": 2, "RELU": 2, "RELU6": 2, "DEQUANTIZE": 2}


class Graph(one_operator.Graph):
    """Operators on int8 have the version that first took int8."""

    def op(self, name, inputs, dtype, scale=None, zero=0, version=None, results=1, **options):
        if version is None:
            int8 = self.tensors[inputs[0]].type == schema.TensorType.INT8
            version = INT8_VERSIONS.get(name, 1) if int8 else 1
        return super().op(name, inputs, dtype, scale, zero, version, results, **options)


TIES = (0.5, 0.25, 0.375, 0.125, 0.0625, 0.15625, 0.4375, 0.03125)
ODD = (0.00123, 0.00343, 0.000417, 0.000999, 0.00271, 0.000871, 0.00507, 0.00213)
ODD_LARGE = (0.0923, 0.3437, 0.2171, 0.0999, 0.1871, 0.0501, 0.1007, 0.2613)


def weights_and_bias(graph, rng, dtype, shape, axis, s_in, s_out, multipliers, reach, bias,
                     per_channel=True):
    """Constants of a convolution-like operator.

    multipliers: wanted s_in * s_w / s_out, one per output channel (repeated as needed); uint8 and
    per_channel=False take the first. reach: largest weight code distance from the zero point.
    Returns the tensor list [weights, bias] or [weights].
    """
    channels = shape[axis]
    if dtype == "float32":
        tensors = [graph.const(rng.normal(0, 0.5, shape).astype(np.float32))]
        if bias:
            tensors.append(graph.const(rng.normal(0, 1, channels).astype(np.float32)))
        return tensors
    weights = rng.integers(-reach, reach + 1, shape)
    edge = rng.random(shape) < 0.125
    weights = np.where(edge, rng.choice([-reach, reach], shape), weights)
    if dtype == "int8" and per_channel:
        scale = np.resize(np.array(multipliers, np.float64), channels) * s_out / s_in
        zero = 0
    else:
        scale = np.array([multipliers[0] * s_out / s_in])
        zero = 131 if dtype == "uint8" else 0
    scale = scale.astype(np.float32)
    tensors = [graph.const((np.clip(weights + zero, np.iinfo(dtype).min, np.iinfo(dtype).max)
                            .astype(dtype)), scale, zero, axis)]
    if bias:
        span = np.resize(np.maximum(24 / np.resize(np.array(multipliers), channels), 4), channels)
        values = np.rint(rng.uniform(-1, 1, channels) * span).astype(np.int32)
        tensors.append(graph.const(values, np.float32(s_in) * scale))
    return tensors


def conv_case(suite, name, dtype, note, shape=(1, 7, 6, 3), kernel=(3, 3), out=8, stride=1,
              dilation=1, padding=SAME, act="none", multipliers=TIES, reach=2, bias=True,
              s_in=0.125, s_out=0.0625, z_in=-3, z_out=5, spread=None, depth=None,
              per_channel=True):
    """One CONV_2D, or with depth (the depth multiplier) one DEPTHWISE_CONV_2D."""
    rng = generator(name)
    graph = Graph()
    z_in, z_out = zero_point(dtype, z_in), zero_point(dtype, z_out)
    x = graph.input(dtype, shape, s_in, z_in)
    if depth is None:
        op, wshape, axis, extra = "CONV_2D", (out, *kernel, shape[3]), 0, {}
    else:
        op, wshape, axis = "DEPTHWISE_CONV_2D", (1, *kernel, shape[3] * depth), 3
        extra = {"depthMultiplier": depth}
    constants = weights_and_bias(graph, rng, dtype, wshape, axis, s_in, s_out, multipliers, reach,
                                 bias, per_channel)
    graph.op(op, [x, *constants], dtype, s_out, z_out, padding=padding, strideH=stride,
             strideW=stride, dilationHFactor=dilation, dilationWFactor=dilation,
             fusedActivationFunction=ACTIVATIONS[act], **extra)
    suite.add(name, graph, [codes(rng, dtype, shape, z_in, spread)], note)


def convolutions(suite):
    """CONV_2D and DEPTHWISE_CONV_2D."""
    real = dict(multipliers=ODD, reach=127, s_in=0.023529412, s_out=0.0498, z_in=-128, z_out=-11)
    for d in ALL_TYPES:
        def conv(name, note, **options):
            conv_case(suite, f"conv_{d}_{name}", d, note, **options)

        conv("3x3_same", "3x3, stride 1, SAME, tie-rich multipliers")
        conv("3x3_same_s2", "3x3, stride 2, SAME, odd size", stride=2, shape=(1, 9, 7, 3))
        conv("3x3_same_s2_even", "3x3, stride 2, SAME, even size", stride=2, shape=(1, 8, 8, 2))
        conv("3x3_valid_relu6", "3x3, stride 1, VALID, RELU6", padding=VALID, act="relu6")
        conv("3x3_valid_s2_relu", "3x3, stride 2, VALID, RELU", stride=2, padding=VALID, act="relu")
        conv("1x1_relu_n1_to_1", "1x1, RELU_N1_TO_1", kernel=(1, 1), act="relu_n1_to_1", reach=3)
        conv("1x1_s2", "1x1, stride 2, VALID", kernel=(1, 1), stride=2, padding=VALID, reach=3)
        conv("5x3_same", "5x3 kernel, SAME", kernel=(5, 3), reach=1)
        conv("5x3_valid_s2", "5x3 kernel, stride 2, VALID", kernel=(5, 3), stride=2, padding=VALID,
             shape=(1, 9, 8, 2), reach=1)
        conv("3x3_dil2_same", "3x3, dilation 2, SAME", dilation=2, shape=(1, 8, 7, 2))
        conv("3x3_dil2_valid", "3x3, dilation 2, VALID", dilation=2, padding=VALID)
        conv("no_bias", "3x3, SAME, no bias", bias=False)
        conv("real", "3x3, SAME, full weight range, ordinary scales", **real)
        conv("real_relu6", "1x1, RELU6 with output scale 6/255", kernel=(1, 1), act="relu6",
             shape=(1, 5, 5, 16), **{**real, "s_out": 0.023529412, "z_out": -128})
        conv("real_small", "3x3, SAME, small weights, ordinary scales",
             **{**real, "multipliers": ODD_LARGE, "reach": 2, "z_in": -17})
        conv("batch2", "3x3, SAME, batch 2", shape=(2, 5, 4, 2))
        conv("1x1_map", "3x3, SAME on a 1x1 map", shape=(1, 1, 1, 4))
    for d in QUANTISED:
        conv_case(suite, f"conv_{d}_mult_ge1", d, "1x1, multipliers 1, 1.5, 2, 3: left shifts",
                  kernel=(1, 1), shape=(1, 6, 6, 2), multipliers=(1.5, 1, 2, 3), out=4, reach=2,
                  spread=9, s_out=0.125)
        conv_case(suite, f"conv_{d}_mult_half", d, "1x1, multiplier one half: ties, right shift 0",
                  kernel=(1, 1), shape=(1, 8, 8, 2), multipliers=(0.5,), out=3, reach=1)
        conv_case(suite, f"conv_{d}_mult_quarter", d, "1x1, multiplier one quarter: ties",
                  kernel=(1, 1), shape=(1, 8, 8, 2), multipliers=(0.25,), out=3, reach=2)
        conv_case(suite, f"conv_{d}_mult_eighth", d, "1x1, multiplier 5/32: ties",
                  kernel=(1, 1), shape=(1, 8, 8, 2), multipliers=(0.15625,), out=3, reach=3)
        conv_case(suite, f"conv_{d}_mult_tiny", d, "1x1, multiplier 2^-9, full weight range",
                  kernel=(1, 1), shape=(1, 6, 6, 8), multipliers=(2.0 ** -9,), out=4, reach=127)
    conv_case(suite, "conv_int8_per_tensor", "int8", "3x3, one weight scale",
              per_channel=False, multipliers=(0.25,))

    for d in ALL_TYPES:
        def depthwise(name, note, **options):
            options = {"depth": 1, "shape": (1, 7, 6, 8), **options}
            conv_case(suite, f"dwconv_{d}_{name}", d, note, **options)

        depthwise("3x3_same", "3x3, stride 1, SAME, multiplier 1")
        depthwise("3x3_same_s2", "3x3, stride 2, SAME, odd size", stride=2, shape=(1, 9, 7, 8))
        depthwise("3x3_same_s2_even", "3x3, stride 2, SAME, even size", stride=2,
                  shape=(1, 8, 6, 8))
        depthwise("3x3_valid_relu6", "3x3, VALID, RELU6", padding=VALID, act="relu6")
        depthwise("3x3_valid_s2", "3x3, stride 2, VALID", padding=VALID, stride=2)
        depthwise("mult2", "3x3, SAME, depth multiplier 2", depth=2, shape=(1, 5, 5, 4))
        depthwise("mult8", "3x3, SAME, depth multiplier 8 on one channel", depth=8,
                  shape=(1, 6, 5, 1))
        depthwise("mult8_s2", "3x3, SAME, stride 2, multiplier 8 on two channels", depth=8,
                  stride=2, shape=(1, 6, 5, 2))
        depthwise("dil2_same", "3x3, dilation 2, SAME", dilation=2)
        depthwise("dil2_valid", "3x3, dilation 2, VALID", dilation=2, padding=VALID)
        depthwise("5x3_relu_n1_to_1", "5x3, SAME, RELU_N1_TO_1", kernel=(5, 3),
                  act="relu_n1_to_1", reach=1)
        depthwise("5x5_s2_relu", "5x5, SAME, stride 2, RELU", kernel=(5, 5), stride=2, act="relu",
                  reach=1)
        depthwise("no_bias", "3x3, SAME, no bias", bias=False)
        depthwise("real", "3x3, SAME, full weight range, ordinary scales", **real)
        depthwise("real_small", "3x3, SAME, small weights, ordinary scales",
                  **{**real, "multipliers": ODD_LARGE, "reach": 3, "z_in": -17})
    for d in QUANTISED:
        conv_case(suite, f"dwconv_{d}_mult_ge1", d, "1x1, multipliers 1, 1.5, 2, 3: left shifts",
                  depth=1, kernel=(1, 1), shape=(1, 6, 6, 4), multipliers=(1.5, 1, 2, 3), reach=2,
                  spread=12, s_out=0.125)


def fully_connected(suite):
    """FULLY_CONNECTED."""
    def case(name, dtype, note, shape, units, act="none", keep=False, bias=True, multipliers=TIES,
             reach=2, s_in=0.125, s_out=0.0625, z_in=-3, z_out=5, per_channel=False, spread=None,
             absent_bias=False):
        name = f"fc_{dtype}_{name}"
        rng = generator(name)
        graph = Graph()
        z_in, z_out = zero_point(dtype, z_in), zero_point(dtype, z_out)
        x = graph.input(dtype, shape, s_in, z_in)
        depth = shape[-1] if keep or len(shape) == 2 else int(np.prod(shape[1:]))
        constants = weights_and_bias(graph, rng, dtype, (units, depth), 0, s_in, s_out,
                                     multipliers, reach, bias, per_channel)
        version = None
        if keep:
            version = 5
        if not bias:
            version = 6
        if absent_bias:
            constants.append(-1)
        graph.op("FULLY_CONNECTED", [x, *constants], dtype, s_out, z_out, version=version,
                 fusedActivationFunction=ACTIVATIONS[act], keepNumDims=keep)
        suite.add(name, graph, [codes(rng, dtype, shape, z_in, spread)], note)

    real = dict(multipliers=(0.00093,), reach=127, s_in=0.0178, s_out=0.192, z_in=-128, z_out=-13)
    for d in ALL_TYPES:
        case("bias", d, "with bias", (1, 24), 16, multipliers=(0.25,))
        case("no_bias", d, "no bias, two inputs", (1, 24), 16, bias=False, multipliers=(0.375,))
        case("absent_bias", d, "no bias, third input -1", (2, 24), 8, bias=False,
             multipliers=(0.375,), absent_bias=True)
        case("batch3", d, "batch 3", (3, 20), 10, multipliers=(0.125,))
        case("rank4", d, "input [1,3,3,4], keep_num_dims false", (1, 3, 3, 4), 10,
             multipliers=(0.15625,))
        case("rank4_batch2", d, "input [2,2,3,4], keep_num_dims false", (2, 2, 3, 4), 7,
             multipliers=(0.0625,))
        case("keep_dims", d, "input [2,5,12], keep_num_dims true", (2, 5, 12), 6, keep=True,
             multipliers=(0.25,))
        case("relu", d, "RELU", (2, 24), 12, act="relu", multipliers=(0.125,))
        case("relu6", d, "RELU6", (2, 24), 12, act="relu6", multipliers=(0.125,))
        case("real", d, "full weight range, ordinary scales", (4, 64), 10, **real)
    for d in QUANTISED:
        case("mult_ge1", d, "multiplier 1.5: left shift", (4, 6), 8, multipliers=(1.5,), reach=1,
             spread=9, s_out=0.125)
        case("mult_half", d, "multiplier one half: ties", (8, 8), 8, multipliers=(0.5,), reach=1)
    case("per_channel", "int8", "per-channel weights", (4, 24), 8, per_channel=True)
    case("per_channel_real", "int8", "per-channel, full weight range, ordinary scales", (4, 64), 10,
         per_channel=True, **{**real, "multipliers": ODD})
    suite.refused.append((
        "fc_int8_per_channel_keep_dims", "FULLY_CONNECTED", "int8",
        "per-channel, keep_num_dims true, input [1,6,12], 8 units",
        "accepted, but the kernel writes only the first 6 of the 48 outputs (it takes axis 1 of the"
        " output for the number of units); the others are uninitialised memory"))


def pools(suite):
    """AVERAGE_POOL_2D and MAX_POOL_2D."""
    for op, short in (("AVERAGE_POOL_2D", "avgpool"), ("MAX_POOL_2D", "maxpool")):
        for d in ALL_TYPES:
            def pool(name, note, shape, filter_size, stride, padding, act="none", scale=0.0625,
                     zero=4):
                name = f"{short}_{d}_{name}"
                rng = generator(name)
                graph = Graph()
                zero = zero_point(d, zero)
                x = graph.input(d, shape, scale, zero)
                graph.op(op, [x], d, scale, zero, padding=padding, strideH=stride[0],
                         strideW=stride[1], filterHeight=filter_size[0],
                         filterWidth=filter_size[1], fusedActivationFunction=ACTIVATIONS[act])
                suite.add(name, graph, [codes(rng, d, shape)], note)

            pool("2x2_s2", "2x2, stride 2: ties", (1, 10, 10, 4), (2, 2), (2, 2), VALID)
            pool("2x1_s1", "2x1, stride 1: every second sum a tie", (1, 11, 8, 3), (2, 1), (1, 1),
                 VALID)
            pool("3x3_same", "3x3, stride 1, SAME, partial windows", (1, 7, 6, 4), (3, 3), (1, 1),
                 SAME)
            pool("3x3_same_s2", "3x3, stride 2, SAME, partial windows", (1, 8, 7, 4), (3, 3),
                 (2, 2), SAME)
            pool("4x2_s32", "4x2, strides 3 and 2, SAME", (1, 9, 8, 3), (4, 2), (3, 2), SAME)
            pool("relu6", "2x2, stride 1, RELU6", (1, 6, 6, 4), (2, 2), (1, 1), VALID, "relu6")
            pool("relu", "2x2, stride 2, RELU", (2, 6, 6, 3), (2, 2), (2, 2), VALID, "relu")
            pool("global", "whole 6x5 map", (1, 6, 5, 8), (6, 5), (1, 1), VALID)


def means(suite):
    """MEAN."""
    def case(name, dtype, note, shape, axes, keep, s_in=0.0625, z_in=4, s_out=0.0625, z_out=4):
        name = f"mean_{dtype}_{name}"
        rng = generator(name)
        graph = Graph()
        z_in, z_out = zero_point(dtype, z_in), zero_point(dtype, z_out)
        x = graph.input(dtype, shape, s_in, z_in)
        graph.op("MEAN", [x, graph.ints(*axes)], dtype, s_out, z_out, keepDims=keep)
        suite.add(name, graph, [codes(rng, dtype, shape)], note)

    same = ("same scale", {})
    other = ("other scale, tie-rich", dict(s_out=0.03125, z_out=-7))
    odd = ("other scale, ordinary", dict(s_in=0.0235294, z_in=-128, s_out=0.0149, z_out=-128))
    for d in ALL_TYPES:
        for keep in (False, True):
            k = "keep" if keep else "drop"
            for tag, (text, scales) in (("same", same), ("other", other), ("odd", odd)):
                if d == "float32" and tag != "same":
                    continue
                what = f"keep_dims {str(keep).lower()}" + (f", {text}" if d != "float32" else "")
                case(f"12_{k}_{tag}", d, f"axes [1,2] of 4x4, {what}", (1, 4, 4, 24), (1, 2), keep,
                     **scales)
            case(f"12_7x7_{k}", d, f"axes [1,2] of 7x7, keep_dims {str(keep).lower()}",
                 (1, 7, 7, 16), (1, 2), keep, **odd[1])
            case(f"1_{k}", d, f"axis 1, keep_dims {str(keep).lower()}", (1, 4, 6, 8), (1,), keep)
            case(f"2_{k}", d, f"axis 2, keep_dims {str(keep).lower()}, other scale", (1, 4, 6, 8),
                 (2,), keep, **other[1])
            case(f"3_{k}", d, f"axis 3, keep_dims {str(keep).lower()}", (1, 5, 6, 8), (3,), keep)
            case(f"m1_{k}", d, f"axis -1, keep_dims {str(keep).lower()}, other scale",
                 (2, 5, 6, 6), (-1,), keep, **odd[1])
        case("21_keep", d, "axes [2,1], keep_dims true", (1, 3, 5, 8), (2, 1), True)
        case("m3m2_drop", d, "axes [-3,-2], keep_dims false", (1, 2, 2, 24), (-3, -2), False)
        case("12_batch2", d, "axes [1,2], batch 2", (2, 3, 2, 8), (1, 2), False, **odd[1])
        case("123_drop", d, "axes [1,2,3]", (2, 3, 2, 5), (1, 2, 3), False)
        case("12_2x2_half", d, "axes [1,2] of 2x2, output scale twice the input's",
             (1, 2, 2, 48), (1, 2), True, s_out=0.125, z_out=0)


def binaries(suite):
    """ADD and MUL."""
    for op, short in (("ADD", "add"), ("MUL", "mul")):
        # For MUL the output scale is chosen so that products of codes stay in range.
        ties = ((0.5, 3), (0.25, -10), (0.5, 5)) if op == "ADD" else ((0.5, 3), (0.25, -10), (8, 5))
        odd = (((0.0471, -5), (0.0213, 17), (0.0588, -3)) if op == "ADD"
               else ((0.023529412, -128), (0.00390625, -128), (0.0235, -128)))
        act_q = (((0.0625, 3), (0.03125, -10), (0.0625, -20)) if op == "ADD"
                 else ((0.0625, 3), (0.0625, -10), (0.0625, -20)))
        for d in ALL_TYPES:
            def case(name, note, shape, other, qs=ties, act="none", const=False, swap=False,
                     same=False):
                name = f"{short}_{d}_{name}"
                rng = generator(name)
                graph = Graph()
                (s1, z1), (s2, z2), (so, zo) = qs
                z1, z2, zo = (zero_point(d, z) for z in (z1, z2, zo))
                x = graph.input(d, shape, s1, z1)
                inputs = [codes(rng, d, shape)]
                if same:
                    y = x
                elif const:
                    y = graph.const(codes(rng, d, other), None if d == "float32" else s2, z2)
                else:
                    y = graph.input(d, other, s2, z2)
                    inputs.append(codes(rng, d, other))
                graph.op(op, [y, x] if swap else [x, y], d, so, zo,
                         fusedActivationFunction=ACTIVATIONS[act])
                suite.add(name, graph, inputs, note)

            full = (1, 6, 5, 8)
            case("same_shape", "same shape, power-of-two scales", full, full)
            case("same_shape_odd", "same shape, ordinary scales", full, full, odd)
            case("relu", "same shape, RELU", full, full, act_q, "relu")
            case("relu6", "same shape, RELU6", full, full, act_q, "relu6")
            case("relu_n1_to_1", "same shape, RELU_N1_TO_1", full, full, act_q, "relu_n1_to_1")
            case("channel", "second operand [1,1,1,8]", full, (1, 1, 1, 8))
            case("channel_odd", "second operand [1,1,1,8], ordinary scales", full, (1, 1, 1, 8),
                 odd)
            case("channel_first", "first operand [1,1,1,8]", full, (1, 1, 1, 8), odd, swap=True)
            case("pixel", "second operand [1,6,5,1]", full, (1, 6, 5, 1), odd)
            case("const_channel", "constant operand [8]", full, (8,), ties, const=True)
            case("const_scalar", "constant operand, rank 0", full, (), odd, const=True)
            case("const_one", "constant operand [1], first", full, (1,), odd, const=True, swap=True)
            case("const_full_relu6", "constant operand of full shape, RELU6", full, full, act_q,
                 "relu6", const=True)
            case("self", "both operands the same tensor", full, full, (ties[0], ties[0], ties[2]),
                 same=True)


def concatenations(suite):
    """CONCATENATION."""
    def case(name, dtype, note, shapes, axis, quant, out=(0.0625, 4), act="none"):
        name = f"concat_{dtype}_{name}"
        rng = generator(name)
        graph = Graph()
        xs = [graph.input(dtype, shape, scale, zero_point(dtype, zero))
              for shape, (scale, zero) in zip(shapes, quant)]
        graph.op("CONCATENATION", xs, dtype, out[0], zero_point(dtype, out[1]), axis=axis,
                 fusedActivationFunction=ACTIVATIONS[act])
        inputs = [sweep(dtype, shape) if dtype != "float32" and np.prod(shape) == 256
                  else codes(rng, dtype, shape) for shape in shapes]
        suite.add(name, graph, inputs, note)

    equal = [(0.0625, 4)] * 3
    for d in ALL_TYPES:
        case("axis3", d, "axis 3, three inputs, same scale",
             [(1, 4, 3, 5), (1, 4, 3, 2), (1, 4, 3, 8)], 3, equal)
        case("axis1", d, "axis 1, three inputs, same scale",
             [(1, 2, 3, 5), (1, 4, 3, 5), (1, 1, 3, 5)], 1, equal)
        case("axis_m1", d, "axis -1, two inputs, same scale", [(2, 3, 7), (2, 3, 4)], -1, equal)
        case("axis2_four", d, "axis 2, four inputs", [(1, 3, n, 4) for n in (1, 2, 3, 4)], 2,
             equal + equal)
        case("relu6", d, "axis 3, fused RELU6", [(1, 3, 3, 4), (1, 3, 3, 3)], 3, equal, act="relu6")
        wide = [(1, 16, 16, 1)] * 3
        case("scales", d, "axis 3, all codes, three input scales", wide, 3,
             [(0.03125, -20), (0.0625, 4), (0.125, 30)])
        case("scales_odd", d, "axis 3, all codes, ordinary scales", wide, 3,
             [(0.0471, -20), (0.0235294, -128), (0.0813, 17)], (0.0588, -10))
        case("scales_ties", d, "axis 1, all codes, output scale twice an input's: ties", wide, 1,
             [(0.03125, 0), (0.03125, -127), (0.015625, 3)], (0.0625, 5))
        case("zero_points", d, "axis 3, all codes, equal scales, three zero points", wide, 3,
             [(0.0625, 4), (0.0625, -4), (0.0625, 50)])


def movements(suite):
    """PAD, RESHAPE and SQUEEZE."""
    for d in ALL_TYPES:
        def case(name, op, note, shape, extra=None, **options):
            name = f"{name.replace('*', d)}"
            rng = generator(name)
            graph = Graph()
            zero = zero_point(d, -9)
            inputs = [graph.input(d, shape, 0.0625, zero)]
            if extra is not None:
                inputs.append(graph.const(np.array(extra, np.int32)))
            graph.op(op, inputs, d, 0.0625, zero, **options)
            suite.add(name, graph, [codes(rng, d, shape)], note)

        case("pad_*_hw", "PAD", "one row above, two below, one column left, none right",
             (1, 4, 5, 3), [[0, 0], [1, 2], [1, 0], [0, 0]])
        case("pad_*_all", "PAD", "all four axes", (1, 3, 2, 4), [[1, 0], [0, 1], [2, 1], [1, 3]])
        case("pad_*_channel", "PAD", "channels only", (1, 4, 4, 3),
             [[0, 0], [0, 0], [0, 0], [0, 5]])
        case("reshape_*", "RESHAPE", "[1,4,3,6] to [1,72], shape tensor", (1, 4, 3, 6), [1, 72],
             newShape=np.array([1, 72], np.int32))
        case("reshape_*_minus1", "RESHAPE", "[2,4,3,5] to [2,-1]", (2, 4, 3, 5), [2, -1],
             newShape=np.array([2, -1], np.int32))
        case("reshape_*_rank4", "RESHAPE", "[1,60] to [-1,3,4,5]", (1, 60), [-1, 3, 4, 5],
             newShape=np.array([-1, 3, 4, 5], np.int32))
        case("reshape_*_option", "RESHAPE", "shape in the options only, one input", (1, 4, 6),
             newShape=np.array([1, 24], np.int32))
        case("squeeze_*_12", "SQUEEZE", "axes [1,2] of [1,1,1,20]", (1, 1, 1, 20),
             squeezeDims=[1, 2])
        case("squeeze_*_m2", "SQUEEZE", "axis -2 of [2,5,1,4]", (2, 5, 1, 4), squeezeDims=[-2])
        case("squeeze_*_all", "SQUEEZE", "no axes given, [1,4,1,6]", (1, 4, 1, 6), squeezeDims=[])


def unaries(suite):
    """SOFTMAX, LOGISTIC, HARD_SWISH, RELU, RELU6."""
    def case(name, op, dtype, note, values, q_in, q_out, **options):
        graph = Graph()
        x = graph.input(dtype, values.shape, q_in[0], zero_point(dtype, q_in[1]))
        graph.op(op, [x], dtype, q_out[0], zero_point(dtype, q_out[1]), **options)
        suite.add(name, graph, [values], note)

    floats = np.concatenate([np.linspace(-12, 12, 193), [0.0, -0.0, 3, -3, 6, 1e-3, -30, 30]])
    floats = floats.astype(np.float32).reshape(1, -1)
    unit = (1 / 256, -128)
    for d in ALL_TYPES:
        for beta in (1.0, 0.5):
            tag = "" if beta == 1.0 else "_half"
            for q, text, (scale, zero) in (("", "scale 1/16", (0.0625, 4)),
                                           ("_odd", "scale 0.192", (0.192, -13)),
                                           ("_fine", "scale 0.0043", (0.0043, 100))):
                if d == "float32" and q:
                    continue
                name = f"softmax_{d}{tag}{q}"
                values = codes(generator(name), d, (6, 10))
                what = f"6 rows of 10, beta {beta}" + (f", {text}" if d != "float32" else "")
                case(name, "SOFTMAX", d, what, values, (scale, zero), unit, beta=beta)
        name = f"softmax_{d}_rank4"
        case(name, "SOFTMAX", d, "shape [1,3,4,7]", codes(generator(name), d, (1, 3, 4, 7)),
             (0.25, 0), unit, beta=1.0)
        name = f"softmax_{d}_wide"
        case(name, "SOFTMAX", d, "one row of 256 values, all codes",
             floats if d == "float32" else sweep(d, (1, 256)), (0.03125, 0), unit, beta=1.0)
        name = f"softmax_{d}_equal"
        case(name, "SOFTMAX", d, "rows of 3 and equal entries",
             np.array([[1, 1, 1], [0, 0, 7], [5, 4, 4], [2, 3, 2]], d), (0.5, 0), unit, beta=1.0)
        name = f"softmax_{d}_two"
        case(name, "SOFTMAX", d, "rows of 2", codes(generator(name), d, (20, 2)), (0.02, 0), unit,
             beta=1.0)
    for d in QUANTISED:
        def all_codes(name, op, note, q_in, q_out, **options):
            case(name, op, d, f"all codes, {note}", sweep(d), q_in, q_out, **options)

        for tag, q in (("pow2", (0.0625, 0)), ("odd", (0.0471, -13)), ("fine", (0.011, 60)),
                       ("coarse", (0.5, -3)), ("relu6", (0.023529412, -128)),
                       ("2^-7", (0.0078125, 0)), ("2^-8", (0.00390625, -100)),
                       ("2^-9", (0.001953125, 0))):
            text = f"scale {q[0]}, zero point {zero_point(d, q[1])}"
            all_codes(f"logistic_{d}_{tag.replace('^-', 'm')}", "LOGISTIC", text, q, unit)
        for i, (q_in, q_out) in enumerate((
                ((0.05, 0), (0.04, -119)), ((0.023528477, -128), (0.0235, -128)),
                ((0.1, 10), (0.09, -124)), ((0.3, -5), (0.28, -127)), ((1.0, 0), (0.9, -128)),
                ((0.0625, 0), (0.0625, -100)), ((0.03125, 5), (0.0625, -100)),
                ((0.0117, -20), (0.011, -90)))):
            text = f"scales {q_in[0]} to {q_out[0]}"
            all_codes(f"hard_swish_{d}_{i}", "HARD_SWISH", text, q_in, q_out)
        for op in ("RELU", "RELU6"):
            for tag, text, q_in, q_out in (
                    ("same", "same scale", (0.0625, 4), (0.0625, 4)),
                    ("half", "output scale twice the input's: ties", (0.0625, 4), (0.125, -128)),
                    ("quarter", "output scale four times the input's: ties", (0.0625, -30),
                     (0.25, -128)),
                    ("double", "output scale half the input's", (0.0625, 60), (0.03125, -128)),
                    ("odd", "ordinary scales", (0.0471, -13), (0.023529412, -128)),
                    ("zp", "same scale, other zero point", (0.0625, 4), (0.0625, -60))):
                all_codes(f"{op.lower()}_{d}_{tag}", op, text, q_in, q_out)
    for op in ("LOGISTIC", "HARD_SWISH", "RELU", "RELU6"):
        case(f"{op.lower()}_float32", op, "float32", "-30..30", floats, (1, 0), (1, 0))


def quantisers(suite):
    """QUANTIZE and DEQUANTIZE."""
    for d in QUANTISED:
        for tag, scale, zero in (("pow2", 0.0625, 4), ("half", 0.5, -128), ("odd", 0.0471, -13),
                                 ("unit", 1 / 255, -128), ("tenth", 0.1, 0)):
            step = np.float32(scale)
            halves = (np.arange(-270, 271) + np.float32(0.5)).astype(np.float32)
            values = np.concatenate([halves * step, np.nextafter(halves * step, np.float32(0)),
                                     np.nextafter(halves * step, np.float32(1e9)),
                                     [0, -0.0, 1e-30, -1e-30, 1000, -1000]])
            if tag == "unit":
                values = np.arange(0, 256).astype(np.float32) / np.float32(255)
            if tag != "pow2":
                values = values[::3] if tag != "unit" else values
            values = values.astype(np.float32).reshape(1, -1)
            graph = Graph()
            x = graph.input("float32", values.shape)
            graph.op("QUANTIZE", [x], d, scale, zero_point(d, zero))
            suite.add(f"quantize_float32_{d}_{tag}", graph, [values],
                      f"float32 to {d}, scale {scale:.6g}, ties and their neighbours",
                      dtype="float32")
        for target in QUANTISED:
            for tag, q_in, q_out in (
                    ("same", (0.0625, 4), (0.0625, 4)), ("shift", (0.0625, 4), (0.0625, -20)),
                    ("half", (0.0625, 4), (0.125, 9)), ("quarter", (0.0625, -128), (0.25, -128)),
                    ("double", (0.0625, 4), (0.03125, 0)), ("odd", (0.0471, -13), (0.0613, 21)),
                    ("three", (0.0625, 0), (0.1875, 0))):
                graph = Graph()
                x = graph.input(d, (1, 16, 16, 1), q_in[0], zero_point(d, q_in[1]))
                graph.op("QUANTIZE", [x], target, q_out[0], zero_point(target, q_out[1]),
                         version=2)
                suite.add(f"quantize_{d}_{target}_{tag}", graph, [sweep(d)],
                          f"{d} to {target}, all codes, scales {q_in[0]} to {q_out[0]}")
        for tag, scale, zero in (("pow2", 0.0625, 4), ("odd", 0.0471, -13)):
            graph = Graph()
            x = graph.input(d, (1, 16, 16, 1), scale, zero_point(d, zero))
            graph.op("DEQUANTIZE", [x], "float32")
            suite.add(f"dequantize_{d}_{tag}", graph, [sweep(d)], f"{d} to float32, all codes")


def inexact_scales(suite):
    """Scales whose true ratio gives ties but which float32 cannot hold.

    A multiplier computed from them in float32 and one computed in double lie on different sides
    of the tie, or one of them on it, so the outputs show which of the two a kernel uses.
    """
    note = "scales {} ({}): float32 and double ratios round apart"
    for d in QUANTISED:
        middle = zero_point(d, 0)
        for tag, s_in, s_out in (("above", 0.3, 0.2), ("below", 0.21, 0.14)):
            text = note.format(f"{s_in} to {s_out}", tag)
            for op, target in (("RELU", d), ("RELU6", d), ("QUANTIZE", "int8"),
                               ("QUANTIZE", "uint8")):
                graph = Graph()
                x = graph.input(d, (1, 16, 16, 1), s_in, middle)
                # A low output zero point keeps the tied values inside the range of RELU.
                zero = zero_point(target, -100 if op != "QUANTIZE" else 0)
                graph.op(op, [x], target, s_out, zero, version=2 if d == "int8" or
                         op == "QUANTIZE" else 1)
                suffix = f"_{target}" if op == "QUANTIZE" else ""
                suite.add(f"{op.lower()}_{d}{suffix}_inexact_{tag}", graph, [sweep(d)], text)
            name = f"mean_{d}_inexact_{tag}"
            graph = Graph()
            x = graph.input(d, (1, 2, 2, 64), s_in, middle)
            graph.op("MEAN", [x, graph.ints(1, 2)], d, s_out, middle)
            suite.add(name, graph, [codes(generator(name), d, (1, 2, 2, 64), middle, 80)], text)
        for tag, s_in, s_w, s_out in (("above", 0.07, 0.03, 0.0042), ("below", 0.1, 0.7, 0.14)):
            text = note.format(f"{s_in}, {s_w} to {s_out}", tag)
            for op, axis, wshape, extra in (
                    ("CONV_2D", 0, (8, 1, 1, 4), {"padding": VALID, "strideH": 1, "strideW": 1}),
                    ("DEPTHWISE_CONV_2D", 3, (1, 1, 1, 4),
                     {"padding": VALID, "strideH": 1, "strideW": 1, "depthMultiplier": 1}),
                    ("FULLY_CONNECTED", 0, (8, 4), {})):
                for channels in (False, True):
                    if channels and d == "uint8":
                        continue
                    short = {"CONV_2D": "conv", "DEPTHWISE_CONV_2D": "dwconv",
                             "FULLY_CONNECTED": "fc"}[op]
                    name = f"{short}_{d}_inexact_{tag}{'_per_channel' if channels else ''}"
                    rng = generator(name)
                    graph = Graph()
                    shape = (12, 4) if op == "FULLY_CONNECTED" else (1, 4, 4, 4)
                    x = graph.input(d, shape, s_in, middle)
                    zero = 131 if d == "uint8" else 0
                    weights = (rng.integers(-2, 3, wshape) + zero).astype(d)
                    scale = np.full(wshape[axis] if channels else 1, s_w, np.float32)
                    bias = rng.integers(-9, 10, wshape[axis]).astype(np.int32)
                    w = graph.const(weights, scale, zero, axis)
                    b = graph.const(bias, np.float32(s_in) * scale)
                    graph.op(op, [x, w, b], d, s_out, middle, **extra)
                    which = "per-channel weights" if channels else "one weight scale"
                    suite.add(name, graph, [codes(rng, d, shape, middle, 30)], f"{text}, {which}")
            name = f"mul_{d}_inexact_{tag}"
            rng = generator(name)
            graph = Graph()
            x = graph.input(d, (1, 6, 6, 8), s_in, middle)
            y = graph.input(d, (1, 6, 6, 8), s_w, middle)
            graph.op("MUL", [x, y], d, s_out * 8, middle)
            suite.add(name, graph, [codes(rng, d, (1, 6, 6, 8), middle, 40) for _ in range(2)],
                      note.format(f"{s_in}, {s_w} to {s_out * 8:.4g}", tag))


def graphs(suite):
    """Small graphs of several operators."""
    for d in ALL_TYPES:
        zero = zero_point(d, -9)

        def start(name, *shapes):
            rng, graph = generator(name), Graph()
            tensors = [graph.input(d, shape, 0.0625, zero) for shape in shapes]
            return rng, graph, tensors, [codes(rng, d, shape) for shape in shapes]

        def conv(graph, rng, x, channels, kernel, multiplier, s_in, s_out, z_out, filters=8,
                 **options):
            constants = weights_and_bias(graph, rng, d, (filters, kernel, kernel, channels), 0,
                                         s_in, s_out, (multiplier,), 3, True)
            options = {"padding": SAME, "strideH": 1, "strideW": 1, "fusedActivationFunction": 0,
                       **options}
            return graph.op("CONV_2D", [x, *constants], d, s_out, zero_point(d, z_out), **options)

        name = f"graph_{d}_flatten"
        rng, graph, (x,), inputs = start(name, (1, 3, 4, 5))
        shape = graph.op("SHAPE", [x], "int32", version=1, outType=schema.TensorType.INT32)
        batch = graph.op("STRIDED_SLICE", [shape, graph.ints(0), graph.ints(1), graph.ints(1)],
                         "int32", shrinkAxisMask=1)
        size = graph.op("PACK", [batch, graph.const(np.array(60, np.int32))], "int32",
                        valuesCount=2, axis=0)
        graph.op("RESHAPE", [x, size], d, 0.0625, zero)
        suite.add(name, graph, inputs, "SHAPE, STRIDED_SLICE, PACK, RESHAPE: Keras Flatten",
                  op="GRAPH")

        name = f"graph_{d}_reshape"
        rng, graph, (x,), inputs = start(name, (1, 24))
        shape = graph.op("SHAPE", [x], "int32", version=1, outType=schema.TensorType.INT32)
        batch = graph.op("STRIDED_SLICE", [shape, graph.ints(0), graph.ints(1), graph.ints(1)],
                         "int32", shrinkAxisMask=1)
        sizes = [graph.const(np.array(n, np.int32)) for n in (2, 3, 4)]
        size = graph.op("PACK", [batch, *sizes], "int32", valuesCount=4, axis=0)
        graph.op("RESHAPE", [x, size], d, 0.0625, zero)
        suite.add(name, graph, inputs, "SHAPE, STRIDED_SLICE, PACK, RESHAPE: Keras Reshape",
                  op="GRAPH")

        name = f"graph_{d}_pad_conv"
        rng, graph, (x,), inputs = start(name, (1, 8, 7, 3))
        pads = graph.const(np.array([[0, 0], [0, 1], [0, 1], [0, 0]], np.int32))
        padded = graph.op("PAD", [x, pads], d, 0.0625, zero)
        conv(graph, rng, padded, 3, 3, 0.0625, 0.0625, 0.0625, 3, padding=VALID, strideH=2,
             strideW=2)
        suite.add(name, graph, inputs, "PAD, CONV_2D 3x3 stride 2 VALID", op="GRAPH")

        name = f"graph_{d}_conv_hard_swish"
        rng, graph, (x,), inputs = start(name, (1, 6, 6, 3))
        y = conv(graph, rng, x, 3, 3, 0.0625, 0.0625, 0.0625, 3)
        graph.op("HARD_SWISH", [y], d, 0.05, zero_point(d, -120))
        suite.add(name, graph, inputs, "CONV_2D, HARD_SWISH", op="GRAPH")

        name = f"graph_{d}_squeeze_excite"
        rng, graph, (x,), inputs = start(name, (1, 4, 5, 8))
        y = graph.op("MEAN", [x, graph.ints(1, 2)], d, 0.03125, zero_point(d, 6), keepDims=True)
        y = conv(graph, rng, y, 8, 1, 0.125, 0.03125, 0.0625, -128, filters=4,
                 fusedActivationFunction=ACTIVATIONS["relu"])
        y = conv(graph, rng, y, 4, 1, 0.125, 0.0625, 0.0625, 0)
        y = graph.op("LOGISTIC", [y], d, 1 / 256, zero_point(d, -128))
        graph.op("MUL", [x, y], d, 0.0471, zero_point(d, -3))
        suite.add(name, graph, inputs, "MEAN, CONV_2D 1x1, CONV_2D 1x1, LOGISTIC, MUL", op="GRAPH")

        name = f"graph_{d}_conv_logistic_mul"
        rng, graph, (x,), inputs = start(name, (1, 5, 4, 8))
        y = conv(graph, rng, x, 8, 1, 0.125, 0.0625, 0.0625, 0)
        gate = graph.op("LOGISTIC", [y], d, 1 / 256, zero_point(d, -128))
        graph.op("MUL", [y, gate], d, 0.0471, zero_point(d, -3))
        suite.add(name, graph, inputs, "CONV_2D, LOGISTIC, MUL of both (swish)", op="GRAPH")

        name = f"graph_{d}_two_outputs"
        rng, graph, (x,), inputs = start(name, (1, 6, 5, 4))
        a = conv(graph, rng, x, 4, 3, 0.0625, 0.0625, 0.0625, 3)
        b = graph.op("MAX_POOL_2D", [x], d, 0.0625, zero, padding=VALID, strideH=2, strideW=2,
                     filterHeight=2, filterWidth=2)
        graph.outputs = [b, a]
        suite.add(name, graph, inputs, "two outputs: MAX_POOL_2D then CONV_2D", op="GRAPH")

        name = f"graph_{d}_two_inputs"
        rng, graph, (x, y), inputs = start(name, (1, 4, 4, 4), (1, 4, 4, 8))
        a = conv(graph, rng, x, 4, 1, 0.125, 0.0625, 0.0625, 3)
        total = graph.op("ADD", [a, y], d, 0.125, zero)
        both = graph.op("CONCATENATION", [total, total], d, 0.125, zero, axis=3)
        graph.outputs = [both, a]
        suite.add(name, graph, inputs, "two inputs, two outputs: CONV_2D, ADD, CONCATENATION",
                  op="GRAPH")

        if d != "float32":
            name = f"graph_{d}_float_ends"
            rng, graph = generator(name), Graph()
            x = graph.input("float32", (1, 5, 5, 3))
            q = graph.op("QUANTIZE", [x], d, 0.0625, zero)
            y = conv(graph, rng, q, 3, 3, 0.0625, 0.0625, 0.0625, 3)
            graph.op("DEQUANTIZE", [y], "float32")
            suite.add(name, graph, [codes(rng, "float32", (1, 5, 5, 3))],
                      f"QUANTIZE, {d} CONV_2D, DEQUANTIZE: float32 ends", op="GRAPH", dtype=d)


def main():
    """Writes all cases."""
    suite = Suite("opvectors", default_kernels=False)
    for family in (convolutions, fully_connected, pools, means, binaries, concatenations,
                   movements, unaries, quantisers, inexact_scales, graphs):
        family(suite)
    suite.close()


if __name__ == "__main__":
    main()
