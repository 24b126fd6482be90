#!/usr/bin/env python3
"""Writes a small int8 TFLite network with float ends and what TFLite's reference kernels give for it.

Needs ai-edge-litert (2.1 was used) and flatbuffers. QUANTIZE, CONV_2D with RELU, MEAN, FULLY_CONNECTED, DEQUANTIZE.
Run from the repository's folder; the result is committed, so that tests need no Python.
"""
import pathlib

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType

OUT = pathlib.Path("hardware-tests/src/hardware/resources/float_ends")
rng = np.random.default_rng(7)
buffers = [schema.BufferT()]
tensors = []


def tensor(name, shape, kind, scales=None, zero=0, axis=0, data=None):
    t = schema.TensorT()
    t.name, t.shape, t.type = name, list(shape), kind
    t.buffer = 0
    if data is not None:
        buffer = schema.BufferT()
        buffer.data = np.frombuffer(data.tobytes(), np.uint8)
        buffers.append(buffer)
        t.buffer = len(buffers) - 1
    if scales is not None:
        q = schema.QuantizationParametersT()
        q.scale = np.asarray(scales, np.float32)
        q.zeroPoint = np.full(len(scales), zero, np.int64)
        q.quantizedDimension = axis
        t.quantization = q
    tensors.append(t)
    return len(tensors) - 1


def operator(index, inputs, outputs, kind=0, options=None):
    op = schema.OperatorT()
    op.opcodeIndex, op.inputs, op.outputs = index, inputs, outputs
    op.builtinOptionsType, op.builtinOptions = kind, options
    return op


def code(builtin, version):
    c = schema.OperatorCodeT()
    c.builtinCode, c.deprecatedBuiltinCode, c.version = builtin, min(builtin, 127), version
    return c


def model():
    types, options = schema.TensorType, schema.BuiltinOptions
    x = tensor("picture", (1, 6, 6, 2), types.FLOAT32)
    q = tensor("quantised", (1, 6, 6, 2), types.INT8, [1 / 128], -3)
    w = tensor("w", (3, 3, 3, 2), types.INT8, [0.01, 0.02, 0.013], data=rng.integers(-127, 128, (3, 3, 3, 2), np.int8))
    b = tensor("b", (3,), types.INT32, np.float32([0.01, 0.02, 0.013]) / np.float32(128),
               data=rng.integers(-2000, 2000, 3, np.int32))
    c = tensor("conv", (1, 6, 6, 3), types.INT8, [0.03], -128)
    axes = tensor("axes", (2,), types.INT32, data=np.array([1, 2], np.int32))
    m = tensor("mean", (1, 3), types.INT8, [0.02], -128)
    v = tensor("v", (4, 3), types.INT8, [0.015], data=rng.integers(-127, 128, (4, 3), np.int8))
    f = tensor("fc", (1, 4), types.INT8, [0.03], 9)
    y = tensor("scores", (1, 4), types.FLOAT32)
    conv = schema.Conv2DOptionsT()
    conv.padding, conv.strideH, conv.strideW = schema.Padding.SAME, 1, 1
    conv.fusedActivationFunction = schema.ActivationFunctionType.RELU
    mean = schema.ReducerOptionsT()
    graph = schema.SubGraphT()
    graph.tensors, graph.inputs, graph.outputs = tensors, [x], [y]
    graph.operators = [
        operator(0, [x], [q]), operator(1, [q, w, b], [c], options.Conv2DOptions, conv),
        operator(2, [c, axes], [m], options.ReducerOptions, mean),
        operator(3, [m, v, -1], [f], options.FullyConnectedOptions, schema.FullyConnectedOptionsT()),
        operator(4, [f], [y])]
    ops = schema.BuiltinOperator
    whole = schema.ModelT()
    whole.version, whole.description = 3, "float ends"
    whole.operatorCodes = [code(ops.QUANTIZE, 1), code(ops.CONV_2D, 3), code(ops.MEAN, 2), code(ops.FULLY_CONNECTED, 4),
                           code(ops.DEQUANTIZE, 2)]
    whole.subgraphs, whole.buffers = [graph], buffers
    builder = flatbuffers.Builder(4096)
    builder.Finish(whole.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    data = model()
    (OUT / "float_ends.tflite").write_bytes(data)
    interpreter = Interpreter(model_content=data, experimental_op_resolver_type=OpResolverType.BUILTIN_REF)
    interpreter.allocate_tensors()
    inputs, outputs = [], []
    for _ in range(4):
        x = rng.uniform(-1.2, 1.2, (1, 6, 6, 2)).astype(np.float32)
        x.ravel()[:4] = np.float32([0.5, 1.5, -0.5, -1.5]) / 128  # ties
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], x)
        interpreter.invoke()
        inputs.append(x)
        outputs.append(interpreter.get_tensor(interpreter.get_output_details()[0]["index"]))
    (OUT / "inputs.bin").write_bytes(np.stack(inputs).astype("<f4").tobytes())
    (OUT / "outputs.bin").write_bytes(np.stack(outputs).astype("<f4").tobytes())
    print(np.stack(outputs).squeeze())


main()
