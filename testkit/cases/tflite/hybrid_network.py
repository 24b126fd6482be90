"""What TFLite computes with a trained network of int8 weights and float activations, and with those weights in float32.

Reads models/tflite/kws_dscnn_float.tflite and a recorded frame of the reference data, and writes inputs and outputs to
hardware-tests/src/test/resources/tflite/networks/kws_dscnn_float.json. See one_operator.py for what to install.

    python testkit/cases/tflite/hybrid_network.py FOLDER_OF_THE_REFERENCE_DATA [NUMBER_OF_FRAMES]
"""

import json
import sys
from pathlib import Path

import flatbuffers
import numpy as np

from one_operator import FOLDERS, encode, generator, run, schema

NAME = "kws_dscnn_float"


def dequantised(content):
    """The file with its int8 weights in float32, so that TFLite computes in float32 throughout."""
    model = schema.ModelT.InitFromPackedBuf(content, 0)
    for tensor in model.subgraphs[0].tensors:
        if tensor.type == schema.TensorType.INT8:
            scale = np.array(tensor.quantization.scale, np.float32)
            axis = tensor.quantization.quantizedDimension
            codes = np.frombuffer(bytes(model.buffers[tensor.buffer].data), np.int8).reshape(tensor.shape)
            wide = scale if len(scale) == 1 else scale.reshape([-1 if i == axis else 1 for i in range(codes.ndim)])
            buffer = schema.BufferT()
            buffer.data = np.frombuffer((codes.astype(np.float32) * wide).tobytes(), np.uint8)
            tensor.buffer = len(model.buffers)
            model.buffers.append(buffer)
            tensor.type = schema.TensorType.FLOAT32
            tensor.quantization = None
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def main():
    data = Path(sys.argv[1])
    frames = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    content = (data / f"models/tflite/{NAME}.tflite").read_bytes()
    codes = np.frombuffer((data / "golden/kws_dscnn_int8/mlperf_kws0.in.bin").read_bytes(), np.int8)
    # The quantised network of the same data has this scale and zero point at its input.
    real = ((codes.astype(np.float32) - 83) * np.float32(0.584703)).reshape(1, 49, 10, 1)
    real_content = dequantised(content)
    rng = generator(NAME)
    cases = []
    for i in range(frames):
        noise = rng.normal(0, 1, real.shape) * np.abs(real).mean() * (i % 5) / 4
        frame = (real + noise).astype(np.float32)
        rounded, _ = run(content, [frame])
        real_outputs, _ = run(real_content, [frame])
        cases.append({"input": encode(frame), "hybrid": encode(rounded[0]), "float": encode(real_outputs[0])})
    folder = FOLDERS / "networks"
    folder.mkdir(exist_ok=True)
    (folder / f"{NAME}.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
