#!/usr/bin/env python3
"""Runs TFLite files on the kernels of ai-edge-litert.

A folder has a line "NAME FRAMES" for each file in its manifest.txt, NAME.tflite, and for each frame from 0 on and each
input from 0 on NAME.FRAME.in.INPUT, raw little-endian elements. Beside them come NAME.FRAME.out.OUTPUT. What goes wrong
with a file is written to standard error, as TFLite's own warnings are.

Usage: run_tflite.py reference|default FOLDER
"""
import pathlib
import sys

import numpy
from ai_edge_litert.interpreter import Interpreter, OpResolverType

RESOLVERS = {"reference": OpResolverType.BUILTIN_REF, "default": OpResolverType.AUTO}


def run(folder, name, frames, resolver):
    interpreter = Interpreter(
        model_path=str(folder / f"{name}.tflite"), experimental_op_resolver_type=RESOLVERS[resolver], num_threads=1)
    interpreter.allocate_tensors()
    for frame in range(frames):
        for i, detail in enumerate(interpreter.get_input_details()):
            raw = numpy.fromfile(folder / f"{name}.{frame}.in.{i}", dtype=detail["dtype"])
            interpreter.set_tensor(detail["index"], raw.reshape(detail["shape"]))
        interpreter.invoke()
        for i, detail in enumerate(interpreter.get_output_details()):
            interpreter.get_tensor(detail["index"]).tofile(folder / f"{name}.{frame}.out.{i}")


def main(resolver, folder):
    folder = pathlib.Path(folder)
    for line in (folder / "manifest.txt").read_text().splitlines():
        name, frames = line.split()
        try:
            run(folder, name, int(frames), resolver)
        except Exception as e:  # the caller compares what is there
            print(f"{name}: {e}", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
