"""Writes small TFLite files with inputs and the outputs of TFLite's kernels.

A script of cases makes a Suite, builds one Graph per case, hands both to Suite.add and ends with
Suite.close. Every case becomes NAME.tflite and NAME.json in the folder
hardware-tests/src/test/resources/SUITE, where the Java test OperatorVectorTest and its C twin
OperatorInCTest find them; the folder's README.md tells the format.

The expected outputs are those of the reference kernels. Each case of most suites is run with the
default kernels too; the largest difference is a column of the index, for a reader's eyes only.

Made, where a script does not say otherwise, with Python 3.11, ai-edge-litert 2.3.0, numpy 2.4.6,
flatbuffers 25.12.19:

    pip install ai-edge-litert==2.3.0 numpy==2.4.6 flatbuffers==25.12.19
    python testkit/cases/tflite/movement.py
"""

import base64
import json
import re
import zlib
from pathlib import Path

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType

FOLDERS = Path(__file__).resolve().parents[3] / "hardware-tests/src/test/resources"

TENSOR_TYPES = {
    "float32": schema.TensorType.FLOAT32, "float16": schema.TensorType.FLOAT16,
    "int32": schema.TensorType.INT32, "int64": schema.TensorType.INT64,
    "uint8": schema.TensorType.UINT8, "int8": schema.TensorType.INT8,
    "int16": schema.TensorType.INT16, "bool": schema.TensorType.BOOL}
# The kinds of options whose name is not the operator's.
SHARED_OPTIONS = {
    "AVERAGE_POOL_2D": "Pool2D", "MAX_POOL_2D": "Pool2D", "MEAN": "Reducer", "SUM": "Reducer",
    "REDUCE_MAX": "Reducer", "MAXIMUM": "MaximumMinimum", "MINIMUM": "MaximumMinimum"}
NO_OPTIONS = ("RELU", "RELU6", "RELU_N1_TO_1", "TANH", "LOGISTIC", "PRELU", "RSQRT", "SQRT")
# The schema's names of options in lower case, to their true spelling: RESIZE_BILINEAR's are ResizeBilinearOptions.
SPELLINGS = {name[:-len("OptionsT")].lower(): name[:-1] for name in dir(schema) if name.endswith("OptionsT")}
SAME, VALID = schema.Padding.SAME, schema.Padding.VALID
ACTIVATIONS = {"none": 0, "relu": 1, "relu_n1_to_1": 2, "relu6": 3}
QUANTISED = ("int8", "uint8")
ALL_TYPES = ("int8", "uint8", "float32")


class Graph:
    """One subgraph under construction; tensors are known by their index."""

    def __init__(self):
        self.buffers = [schema.BufferT()]
        self.tensors = []
        self.operators = []
        self.codes = {}
        self.inputs = []
        self.outputs = []

    def tensor(self, dtype, shape=(), scale=None, zero=0, axis=0, data=None, name=None):
        """Adds a tensor; scale may be a sequence (per channel along axis)."""
        t = schema.TensorT()
        t.name = name or f"t{len(self.tensors)}"
        t.type = TENSOR_TYPES[dtype]
        t.shape = [int(n) for n in shape]
        if scale is not None:
            scales = np.atleast_1d(np.asarray(scale, np.float32))
            t.quantization = schema.QuantizationParametersT()
            t.quantization.scale = scales
            t.quantization.zeroPoint = np.full(len(scales), zero, np.int64)
            t.quantization.quantizedDimension = axis
        if data is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(np.ascontiguousarray(data).tobytes(), np.uint8)
            t.buffer = len(self.buffers)
            self.buffers.append(buffer)
        self.tensors.append(t)
        return len(self.tensors) - 1

    def const(self, array, scale=None, zero=0, axis=0):
        """Adds a constant tensor."""
        return self.tensor(array.dtype.name, array.shape, scale, zero, axis, array)

    def ints(self, *values):
        """Adds a constant int32 vector."""
        return self.const(np.array(values, np.int32))

    def input(self, dtype, shape, scale=None, zero=0):
        """Adds a graph input; a float tensor ignores scale and zero."""
        index = self.tensor(dtype, shape, None if dtype == "float32" else scale, zero)
        self.inputs.append(index)
        return index

    def op(self, name, inputs, dtype, scale=None, zero=0, version=1, results=1, **options):
        """Adds an operator; returns its result tensor, or the list of them where results > 1.

        Shapes of results are filled in later, from what TFLite computes. options: fields of the
        operator's options, spelled as in schema_py_generated. Raise version where TFLite says it
        did not find the operator.
        """
        if dtype in ("float32", "int32", "int64"):
            scale = None
        operator = schema.OperatorT()
        operator.opcodeIndex = self.codes.setdefault((name, version), len(self.codes))
        operator.inputs = list(inputs)
        operator.outputs = [self.tensor(dtype, (), scale, zero) for _ in range(results)]
        if name not in NO_OPTIONS:
            kind = SPELLINGS[SHARED_OPTIONS.get(name, name.replace("_", "")).lower()]
            values = getattr(schema, kind + "T")()
            for key, value in options.items():
                if not hasattr(values, key):
                    raise ValueError(f"{name} has no option {key} (has {sorted(vars(values))})")
                setattr(values, key, value)
            operator.builtinOptionsType = getattr(schema.BuiltinOptions, kind)
            operator.builtinOptions = values
        self.operators.append(operator)
        return operator.outputs[0] if results == 1 else list(operator.outputs)

    def pack(self):
        """Returns the file as bytes."""
        codes = []
        for name, version in self.codes:
            code = schema.OperatorCodeT()
            code.builtinCode = getattr(schema.BuiltinOperator, name)
            code.deprecatedBuiltinCode = min(code.builtinCode, 127)
            code.version = version
            codes.append(code)
        subgraph = schema.SubGraphT()
        subgraph.name = "main"
        subgraph.tensors = self.tensors
        subgraph.operators = self.operators
        subgraph.inputs = self.inputs
        subgraph.outputs = self.outputs
        model = schema.ModelT()
        model.version = 3
        model.operatorCodes = codes
        model.subgraphs = [subgraph]
        model.buffers = self.buffers
        builder = flatbuffers.Builder(1024)
        builder.Finish(model.Pack(builder), b"TFL3")
        return bytes(builder.Output())


def run(content, inputs, resolver=OpResolverType.BUILTIN_REF):
    """Runs a file, by default with the reference kernels; returns (outputs, shape of every tensor)."""
    interpreter = Interpreter(model_content=content, experimental_op_resolver_type=resolver)
    interpreter.allocate_tensors()
    for detail, value in zip(interpreter.get_input_details(), inputs, strict=True):
        interpreter.set_tensor(detail["index"], value)
    interpreter.invoke()
    outputs = [interpreter.get_tensor(d["index"]) for d in interpreter.get_output_details()]
    shapes = {d["index"]: d["shape"] for d in interpreter.get_tensor_details()}
    return outputs, shapes


def finish(graph, inputs):
    """Fills in the tensor shapes TFLite computes; returns (file, outputs)."""
    _, shapes = run(graph.pack(), inputs)
    for index, tensor in enumerate(graph.tensors):
        tensor.shape = [int(n) for n in shapes[index]]
    content = graph.pack()
    outputs, _ = run(content, inputs)
    return content, outputs


def largest_difference(left, right):
    """The largest absolute difference of two lists of tensors, as short text."""
    found = [np.abs(np.where(a == b, 0, a.astype(np.float64) - np.where(a == b, 0, b))).max(initial=0)
             for a, b in zip(left, right, strict=True)]
    return f"{max(found):.3g}"


class Suite:
    """Collects the cases of one script and writes their folder."""

    def __init__(self, name, default_kernels=True):
        """default_kernels: whether the index tells how far they are from the reference kernels."""
        self.default_kernels = default_kernels
        self.folder = FOLDERS / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.index = []
        self.refused = []
        for old in [*self.folder.glob("*.tflite"), *self.folder.glob("*.json")]:
            old.unlink()

    def add(self, name, graph, inputs, note, op=None, dtype=None, tolerance=None):
        """Runs one case and writes its two files, or notes why TFLite refuses it.

        name: starts with the operator and the type. op: what the index counts the case under, by
        default the first operator. tolerance: (absolute, relative) for float outputs where the
        usual (1e-6, 1e-5) is not what is meant; integers must be equal.
        """
        op = op or next(iter(graph.codes))[0]
        dtype = dtype or inputs[0].dtype.name
        if any(name == known for known, *_ in self.index):
            raise ValueError(f"two cases named {name}")
        if not graph.outputs:
            graph.outputs = list(graph.operators[-1].outputs)
        try:
            content, outputs = finish(graph, inputs)
        except (RuntimeError, ValueError) as error:
            message = re.sub(r" \(-?\d+ != -?\d+\)", "", " ".join(str(error).split()))
            self.refused.append((name, op, dtype, note, message))
            return
        record = {"name": name, "op": op, "inputs": [encode(a) for a in inputs],
                  "outputs": [encode(a) for a in outputs]}
        if tolerance is not None:
            record["tolerance"] = list(tolerance)
        (self.folder / f"{name}.tflite").write_bytes(content)
        (self.folder / f"{name}.json").write_text(json.dumps(record, separators=(",", ":")) + "\n")
        row = (name, op, dtype, note)
        if self.default_kernels:
            default, _ = run(content, inputs, OpResolverType.BUILTIN)
            row += (largest_difference(outputs, default),)
        self.index.append(row)

    def close(self):
        """Writes INDEX.tsv and NOTES.md."""
        columns = ("name", "op", "type", "note", "default_kernels_differ_by")
        columns = columns if self.default_kernels else columns[:-1]
        lines = ["\t".join(row) for row in [columns, *self.index]]
        (self.folder / "INDEX.tsv").write_text("\n".join(lines) + "\n")
        text = ["# Cases left out", "", "The reference kernels refuse these cases, or, where the message says so, compute"
                " nothing useful. They have no files.", "",
                "| case | operator | type | what | message |", "|---|---|---|---|---|"]
        text += ["| " + " | ".join(row) + " |" for row in self.refused]
        (self.folder / "NOTES.md").write_text("\n".join(text) + "\n")
        size = sum(f.stat().st_size for f in self.folder.iterdir())
        print(f"{self.folder.name}: {len(self.index)} cases, {len(self.refused)} refused, {size} bytes")
        for row in self.refused:
            print("refused:", row[0], row[4])


def encode(array):
    """JSON form of a tensor: raw little-endian bytes in base64."""
    raw = array.astype(array.dtype.newbyteorder("<")).tobytes()
    return {"dtype": array.dtype.name, "shape": list(array.shape),
            "base64": base64.b64encode(raw).decode("ascii")}


def generator(name):
    """Random generator that depends on the case name only."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def codes(rng, dtype, shape, centre=None, spread=None):
    """Random data; quantised: uniform codes (or centre +- spread), one in eight an extreme."""
    if dtype == "float32":
        values = rng.normal(0, 3, shape).astype(np.float32)
        special = np.array([0, -3, 3, 6, -1, 1, 0.5], np.float32)
        return np.where(rng.random(shape) < 0.1, rng.choice(special, shape), values)
    info = np.iinfo(dtype)
    if spread is not None:
        return np.clip(rng.integers(centre - spread, centre + spread + 1, shape),
                       info.min, info.max).astype(dtype)
    values = rng.integers(info.min, info.max + 1, shape)
    extremes = rng.choice([info.min, info.max], shape)
    return np.where(rng.random(shape) < 0.125, extremes, values).astype(dtype)


def sweep(dtype, shape=(1, 16, 16, 1)):
    """All 256 codes in ascending order."""
    return np.arange(np.iinfo(dtype).min, np.iinfo(dtype).max + 1).astype(dtype).reshape(shape)


def zero_point(dtype, signed):
    """A zero point given for int8, moved to the range of dtype."""
    return signed + 128 if dtype == "uint8" else signed
