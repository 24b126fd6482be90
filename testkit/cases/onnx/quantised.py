#!/usr/bin/env python3
"""Writes one-operator ONNX files with 8-bit inputs and what ONNX Runtime gives for them.

Needs onnx and onnxruntime (1.32 was used). Each case is NAME.onnx and NAME.txt: the input's elements in a line, the
output's in the next. Run from the repository's folder; the result is committed, so that tests need no Python.
"""
import pathlib

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

OUT = pathlib.Path("frontend/src/test/resources/onnx/quantised")
MS = "com.microsoft"
rng = np.random.default_rng(20)


def scale(value):
    return np.float32(value)


def case(name, op, x_shape, x_type, operands, out_type, domain="", **attributes):
    """``operands`` are 'x' or arrays; the input is drawn over all codes."""
    x = rng.integers(0, 256, x_shape).astype(np.uint8)
    x = x if x_type == np.uint8 else (x.astype(np.int16) - 128).astype(np.int8)
    names, constants = [], []
    for i, operand in enumerate(operands):
        if isinstance(operand, str):
            names.append(operand)
        else:
            names.append(f"c{i}")
            constants.append(numpy_helper.from_array(np.asarray(operand), f"c{i}"))
    node = helper.make_node(op, names, ["y"], domain=domain, **attributes)
    kind = TensorProto.UINT8 if x_type == np.uint8 else TensorProto.INT8
    graph = helper.make_graph(
        [node], name, [helper.make_tensor_value_info("x", kind, list(x_shape))],
        [helper.make_tensor_value_info("y", out_type, None)], constants)
    model = helper.make_model(graph, ir_version=8, opset_imports=[
        helper.make_opsetid("", 13), helper.make_opsetid(MS, 1)])
    write(name, model, x)


def between(name, op, x_shape, codes, scales, y_scale, y_zero):
    """DequantizeLinear of the input and of a constant, a float operator of both, QuantizeLinear."""
    x = rng.integers(-128, 128, x_shape).astype(np.int8)
    constants = {"xs": np.float32(scales[0]), "xz": np.int8(4), "c": codes, "cs": np.float32(scales[1]),
                 "cz": np.int8(0 if op == "PRelu" else 4), "ys": np.float32(y_scale), "yz": np.int8(y_zero)}
    nodes = [helper.make_node("DequantizeLinear", ["x", "xs", "xz"], ["a"]),
             helper.make_node("DequantizeLinear", ["c", "cs", "cz"], ["b"]),
             helper.make_node(op, ["a", "b"], ["r"]), helper.make_node("QuantizeLinear", ["r", "ys", "yz"], ["y"])]
    graph = helper.make_graph(
        nodes, name, [helper.make_tensor_value_info("x", TensorProto.INT8, list(x_shape))],
        [helper.make_tensor_value_info("y", TensorProto.INT8, None)],
        [numpy_helper.from_array(v, k) for k, v in constants.items()])
    write(name, helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 13)]), x)


def write(name, model, x):
    data = model.SerializeToString()
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    (y,) = session.run(None, {"x": x})
    (OUT / f"{name}.onnx").write_bytes(data)
    lines = [" ".join(str(v) for v in a.ravel().tolist()) for a in (x, y)]
    (OUT / f"{name}.txt").write_text("\n".join(lines) + "\n")
    print(name, x.shape, "->", y.shape, y.dtype)


def integers(*shape, low=-128, high=128, kind=np.int8):
    return rng.integers(low, high, shape).astype(kind)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    u8, i8 = np.uint8, np.int8
    U8, I8, I32, F32 = TensorProto.UINT8, TensorProto.INT8, TensorProto.INT32, TensorProto.FLOAT
    # sums of products as they are
    case("conv_integer_u8_i8", "ConvInteger", (1, 3, 7, 6), u8, ["x", integers(4, 3, 3, 3), u8(37)], I32,
         pads=[1, 1, 1, 1], strides=[2, 1])
    case("conv_integer_u8_u8", "ConvInteger", (1, 4, 5, 5), u8,
         ["x", integers(6, 2, 3, 3, low=0, high=256, kind=u8), u8(200), u8(11)], I32, group=2)
    case("conv_integer_depthwise", "ConvInteger", (1, 4, 6, 6), u8, ["x", integers(4, 1, 3, 3), u8(128)], I32, group=4)
    case("matmul_integer_u8_i8", "MatMulInteger", (5, 9), u8, ["x", integers(9, 4), u8(77), i8(-3)], I32)
    case("matmul_integer_u8_u8", "MatMulInteger", (2, 3, 9), u8,
         ["x", integers(9, 4, low=0, high=256, kind=u8), u8(3), u8(128)], I32)
    # operators with scales as operands
    case("qlinear_conv_u8_i8", "QLinearConv", (1, 3, 7, 7), u8,
         ["x", scale(0.02), u8(120), integers(5, 3, 3, 3), np.array([0.01, 0.02, 0.005, 0.013, 0.017], np.float32),
          np.zeros(5, i8), scale(0.07), u8(131), integers(5, low=-900, high=900, kind=np.int32)], U8, pads=[1, 1, 1, 1])
    case("qlinear_conv_i8", "QLinearConv", (1, 3, 7, 7), i8,
         ["x", scale(0.02), i8(-7), integers(5, 3, 3, 3), scale(0.011), i8(0), scale(0.09), i8(4)], I8)
    case("qlinear_matmul_columns", "QLinearMatMul", (6, 8), u8,
         ["x", scale(0.02), u8(120), integers(8, 8), rng.uniform(0.004, 0.02, 8).astype(np.float32), np.zeros(8, i8),
          scale(0.06), u8(99)], U8)
    case("qgemm", "QGemm", (4, 10), u8,
         ["x", scale(0.03), u8(100), integers(6, 10), rng.uniform(0.004, 0.02, 6).astype(np.float32), np.zeros(6, i8),
          integers(6, low=-500, high=500, kind=np.int32), scale(0.05), u8(90)], U8, domain=MS, transB=1)
    other = integers(1, 3, 4, 5, low=0, high=256, kind=u8)
    case("qlinear_add", "QLinearAdd", (1, 3, 4, 5), u8,
         ["x", scale(0.02), u8(120), other, scale(0.031), u8(90), scale(0.04), u8(101)], U8, domain=MS)
    case("qlinear_mul", "QLinearMul", (1, 3, 4, 5), u8,
         ["x", scale(0.02), u8(120), "x", scale(0.02), u8(120), scale(0.03), u8(17)], U8, domain=MS)
    case("qlinear_concat", "QLinearConcat", (1, 3, 4, 5), u8,
         [scale(0.021), u8(118), "x", scale(0.02), u8(120), "x", scale(0.02), u8(120)], U8, domain=MS, axis=1)
    pool = ["x", scale(0.02), u8(120), scale(0.015), u8(100)]
    case("qlinear_average_pool", "QLinearAveragePool", (1, 3, 7, 7), u8, pool, U8, domain=MS, kernel_shape=[3, 3],
         strides=[2, 2])
    case("qlinear_average_pool_inside", "QLinearAveragePool", (1, 3, 7, 7), u8, pool, U8, domain=MS,
         kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    case("qlinear_average_pool_window", "QLinearAveragePool", (1, 3, 7, 7), u8, pool, U8, domain=MS,
         kernel_shape=[2, 2], pads=[1, 0, 0, 1], count_include_pad=1)
    case("qlinear_global_average_pool", "QLinearGlobalAveragePool", (1, 5, 7, 6), u8,
         ["x", scale(0.02), u8(120), scale(0.004), u8(110)], U8, domain=MS)
    codes = (1, 1, 16, 32)
    case("qlinear_sigmoid", "QLinearSigmoid", codes, u8, ["x", scale(0.05), u8(128), scale(1 / 256), u8(0)], U8,
         domain=MS)
    case("qlinear_sigmoid_coarse", "QLinearSigmoid", codes, i8, ["x", scale(0.06), i8(3), scale(0.005), i8(-100)], I8,
         domain=MS)
    case("qlinear_leaky_relu", "QLinearLeakyRelu", codes, u8, ["x", scale(0.05), u8(100), scale(0.04), u8(60)], U8,
         domain=MS, alpha=0.1)
    case("qlinear_softmax", "QLinearSoftmax", (6, 10), u8, ["x", scale(0.04), u8(128), scale(1 / 256), u8(0)], U8,
         domain=MS, axis=1, opset=13)
    case("qlinear_softmax_255", "QLinearSoftmax", (6, 10), i8, ["x", scale(0.04), i8(0), scale(1 / 255), i8(-128)], I8,
         domain=MS, axis=1, opset=13)
    # float operators between codes
    between("qdq_sub", "Sub", (1, 4, 5, 5), integers(1, 4, 5, 5), (0.02, 0.031), 0.04, -7)
    between("qdq_prelu", "PRelu", (1, 4, 5, 5), integers(4, 1, 1), (0.05, 0.002), 0.045, -20)
    between("qdq_max", "Max", (1, 4, 5, 5), integers(1, 4, 5, 5), (0.02, 0.02), 0.02, 4)
    # codes that are moved, limited, dequantised
    case("max_pool_u8", "MaxPool", (1, 3, 7, 7), u8, ["x"], U8, kernel_shape=[3, 3], pads=[1, 1, 1, 1])
    case("transpose_i8", "Transpose", (1, 3, 4, 5), i8, ["x"], I8, perm=[0, 3, 1, 2])
    case("clip_i8", "Clip", (3, 4, 5), i8, ["x", i8(-20), i8(77)], I8)
    case("edge_pad_u8", "Pad", (1, 2, 3, 4), u8, ["x", np.array([0, 0, 1, 2, 0, 0, 1, 1], np.int64)], U8, mode="edge")
    corner = np.array([0, 0, 1, 0, 0, 0, 1, 2], np.int64)
    case("constant_pad_u8", "Pad", (1, 2, 3, 4), u8, ["x", corner, u8(200)], U8)
    case("constant_pad_i8", "Pad", (1, 2, 3, 4), i8, ["x", corner, i8(-7)], I8)
    case("cast_u8", "Cast", (1, 2, 3, 4), u8, ["x"], F32, to=F32)
    case("dequantize_i8", "DequantizeLinear", (1, 2, 3, 4), i8, ["x", scale(0.03), i8(-5)], F32)


main()
