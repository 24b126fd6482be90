#!/usr/bin/env python3
"""Writes a small network quantised by ONNX Runtime, in both of its formats, and what ONNX Runtime gives for it.

A convolution, a depthwise one, a squeeze-and-excite gate, h-swish, a skip, pools, a matrix product, a softmax; random
weights. Needs onnx and onnxruntime (1.32 was used). Each file is NAME.onnx and NAME.txt: four outputs, a line each; the
inputs of all are in inputs.txt. Run from the repository's folder; the result is committed, so that tests need no Python.
"""
import pathlib
import tempfile

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

OUT = pathlib.Path("frontend/src/test/resources/onnx/networks")
rng = np.random.default_rng(31)
SHAPE = [1, 3, 12, 12]


def network():
    constants, nodes = [], []

    def weights(name, *shape):
        fan = np.prod(shape[1:])
        constants.append(numpy_helper.from_array((rng.standard_normal(shape) / np.sqrt(fan)).astype(np.float32), name))
        return name

    def conv(x, y, out, within, kernel, **attributes):
        nodes.append(helper.make_node("Conv", [x, weights(y + "_w", out, within, kernel, kernel), weights(y + "_b", out)],
                                      [y], name=y, **attributes))
        return y

    def node(op, inputs, y, **attributes):
        nodes.append(helper.make_node(op, inputs, [y], name=y, **attributes))
        return y

    a = node("HardSwish", [conv("x", "a", 8, 3, 3, pads=[1, 1, 1, 1], strides=[2, 2])], "ah")
    d = node("Relu", [conv(a, "d", 8, 1, 3, pads=[1, 1, 1, 1], group=8)], "dr")
    s = node("HardSigmoid", [conv(node("Relu", [conv(node("GlobalAveragePool", [d], "g"), "s1", 4, 8, 1)], "s1r"),
                                  "s2", 8, 4, 1)], "s", alpha=1 / 6, beta=0.5)
    p = conv(node("Mul", [d, s], "m"), "p", 8, 8, 1)
    r = node("LeakyRelu", [node("Add", [p, a], "r")], "rl", alpha=0.1)
    q = node("MaxPool", [r], "q", kernel_shape=[2, 2], strides=[2, 2])
    v = node("AveragePool", [q], "v", kernel_shape=[3, 3])
    f = node("Flatten", [v], "f")
    nodes.append(helper.make_node("Gemm", [f, weights("fc_w", 5, 8), weights("fc_b", 5)], ["fc"], name="fc", transB=1))
    node("Softmax", ["fc"], "y", axis=1)
    graph = helper.make_graph(nodes, "net", [helper.make_tensor_value_info("x", TensorProto.FLOAT, SHAPE)],
                              [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 5])], constants)
    return helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 14)])


def inputs(count, seed):
    source = np.random.default_rng(seed)
    return [np.round(source.standard_normal(SHAPE), 2).astype(np.float32) for _ in range(count)]


def write(name, arrays):
    lines = [" ".join(f"{v:.7g}" for v in a.ravel().tolist()) for a in arrays]
    (OUT / f"{name}.txt").write_text("\n".join(lines) + "\n")


class Reader(CalibrationDataReader):
    def __init__(self):
        self.left = inputs(16, 1)

    def get_next(self):
        return {"x": self.left.pop()} if self.left else None


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "net.onnx"
        onnx.save(network(), source)
        for kind in ("QOperator", "QDQ"):
            for activations in ("QUInt8", "QInt8"):
                file = OUT / f"{kind}_{activations}.onnx".lower()
                quantize_static(source, file, Reader(), quant_format=getattr(QuantFormat, kind), per_channel=True,
                                activation_type=getattr(QuantType, activations), weight_type=QuantType.QInt8)
                options = onnxruntime.SessionOptions()
                options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
                session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
                xs = inputs(4, 2)
                ys = [session.run(None, {"x": x})[0] for x in xs]
                write("inputs", xs)
                write(file.stem, ys)
                print(file.name, file.stat().st_size, ys[0])


main()
