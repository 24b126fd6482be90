#!/usr/bin/env python3
"""Transcribes node tests of ONNX's backend suite: usage make_cases.py FOLDER, where FOLDER holds test_lrn and others.

A case is a text file: a graph, a line of dashes, the input in the graph's layout, a line of dashes, the expected output.
"""
import pathlib
import struct
import sys


def fields(data):
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        key = varint()
        if key & 7 == 0:
            yield key >> 3, varint()
        elif key & 7 == 2:
            size = varint()
            yield key >> 3, data[at:at + size]
            at += size
        else:
            size = 4 if key & 7 == 5 else 8
            yield key >> 3, data[at:at + size]
            at += size


def tensor(path):
    dims, values = [], []
    for number, value in fields(path.read_bytes()):
        if number == 1 and isinstance(value, int):
            dims.append(value)
        elif number == 1:
            dims.extend(value)
        elif number in (4, 9):
            values.extend(struct.unpack("<%df" % (len(value) // 4), value))
    return dims, values


def channels_last(dims, values):
    if len(dims) != 4:
        return dims, values
    n, c, h, w = dims
    order = [((i * c + k) * h + y) * w + x for i in range(n) for y in range(h) for x in range(w) for k in range(c)]
    return [n, h, w, c], [values[i] for i in order]


def text(values):
    short = ["%.9g" % v for v in values]
    return "\n".join(" ".join(short[i:i + 10]) for i in range(0, len(short), 10))


def tensor_type(dims):
    return "tensor<%s x f32>" % "x".join(map(str, dims))


CASES = {
    "test_lrn": "local_response_norm %x {size=3, alpha=0.0002, beta=0.5, bias=2}",
    "test_lrn_default": "local_response_norm %x {size=3, alpha=0.0001, beta=0.75, bias=1}",
    "test_batchnorm_epsilon": "batch_norm %x, %c3, %c4, %c2, %c1 {epsilon=0.01}",
    "test_batchnorm_example": "batch_norm %x, %c3, %c4, %c2, %c1 {epsilon=0.00001}",
    "test_averagepool_2d_ceil": "average_pool2d %x {kernel=3x3, stride=2x2, pad=[0,1,0,1]}",
    "test_averagepool_2d_precomputed_pads_count_include_pad":
        "average_pool2d %x {kernel=5x5, pad=[2,2,2,2], divisor=window}",
    "test_averagepool_2d_precomputed_same_upper": "average_pool2d %x {kernel=3x3, stride=2x2, pad=[1,1,1,1]}",
    "test_globalaveragepool_precomputed": "mean %x {axes=[1,2], keep_dims=true, round=tflite}",
    "test_clip_example": "clip %x {limits=[-1,1], round=tflite}",
    "test_clip_splitbounds": "clip %x {limits=[-1,5], round=tflite}",
    "test_split_equal_parts_2d": "slice %x {begin=[0,0], extent=[2,3]}",
    "test_sigmoid_example": "logistic %x",
    "test_tanh": "tanh %x",
    "test_hardswish": "hard_swish %x",
}


def main(folder):
    for name, statement in CASES.items():
        data = folder / name / "test_data_set_0"
        dims, values = channels_last(*tensor(data / "input_0.pb"))
        out_dims, expected = channels_last(*tensor(data / "output_0.pb"))
        lines = ["graph @%s {" % name, "  %%x = input : %s" % tensor_type(dims)]
        for i in range(1, 5):
            if "%%c%d" % i in statement:
                shape, constant = tensor(data / ("input_%d.pb" % i))
                numbers = ", ".join("%.9g" % v for v in constant)
                lines.append("  %%c%d = constant [%s] : %s" % (i, numbers, tensor_type(shape)))
        lines += ["  %%y = %s : %s" % (statement, tensor_type(out_dims)), "  return %y", "}"]
        body = "\n".join(lines) + "\n----\n" + text(values) + "\n----\n" + text(expected) + "\n"
        (pathlib.Path(__file__).parent / (name[5:] + ".txt")).write_text(body)


main(pathlib.Path(sys.argv[1]))
