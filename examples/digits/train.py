"""Trains a small MobileNet-style digit classifier and writes it as TFLite files.

Outputs, all in the folder of this script:

    digits_float.tflite       float32 network
    digits_int8.tflite        the same network, full int8, per-channel weights
    test_images.npy           uint8   [N,8,8,1]  grey pictures, 0..255
    test_labels.npy           uint8   [N]
    test_outputs_int8.npy     int8    [N,10]     int8 network, reference kernels
    test_outputs_float.npy    float32 [N,10]     float network, reference kernels
    pictures/<index>_<label>.png                 one test picture of each digit

Run: python train.py
"""

import os

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

from pathlib import Path

import numpy as np
import tensorflow as tf
from PIL import Image
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

SEED = 20240607
TEST_PICTURES = 360
EPOCHS = 160
BATCH = 32
LEARNING_RATE = 4e-3
LABEL_SMOOTHING = 0.1
STEM_CHANNELS = 16
BLOCKS = ((32, 1), (48, 2), (64, 1), (96, 2))  # (output channels, stride)
HERE = Path(__file__).resolve().parent


def load_pictures():
    """Returns (train pictures, train labels, test pictures, test labels).

    The data set has grey levels 0..16; they become uint8 0..255 by p * 255 // 16.
    The split is stratified by label and depends on SEED only.
    """
    data = load_digits()
    pictures = (data.images.astype(np.int32) * 255 // 16).astype(np.uint8)[..., np.newaxis]
    labels = data.target.astype(np.uint8)
    train_x, test_x, train_y, test_y = train_test_split(
        pictures, labels, test_size=TEST_PICTURES, stratify=labels, random_state=SEED)
    return train_x, train_y, test_x, test_y


def to_float(pictures):
    """Network input of uint8 pictures: p / 255 as float32."""
    return pictures.astype(np.float32) / np.float32(255)


def conv_bn_relu6(x, layer):
    """Applies a convolution layer, batch normalisation and ReLU6."""
    x = layer(x)
    x = tf.keras.layers.BatchNormalization(momentum=0.95)(x)
    return tf.keras.layers.ReLU(max_value=6.0)(x)


def build_network():
    """3x3 convolution, four depthwise-separable blocks, global average, dense, softmax."""
    layers = tf.keras.layers
    inputs = tf.keras.Input((8, 8, 1))
    x = conv_bn_relu6(inputs, layers.Conv2D(STEM_CHANNELS, 3, padding="same", use_bias=False))
    for channels, stride in BLOCKS:
        x = conv_bn_relu6(x, layers.DepthwiseConv2D(
            3, strides=stride, padding="same", use_bias=False))
        x = conv_bn_relu6(x, layers.Conv2D(channels, 1, padding="same", use_bias=False))
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.2)(x)
    return tf.keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


def augmented(pictures, labels):
    """Training batches: shuffled in each epoch, shifted by up to one pixel, one-hot labels."""
    def shift(x, y):
        return tf.image.random_crop(tf.pad(x, [[1, 1], [1, 1], [0, 0]]), [8, 8, 1]), y

    targets = np.eye(10, dtype=np.float32)[labels]
    return (tf.data.Dataset.from_tensor_slices((to_float(pictures), targets))
            .shuffle(len(pictures), seed=SEED)
            .map(shift)
            .batch(BATCH, drop_remainder=True))


def train(pictures, labels):
    """Returns the trained Keras network."""
    network = build_network()
    steps = EPOCHS * (len(pictures) // BATCH)
    network.compile(
        optimizer=tf.keras.optimizers.Adam(
            tf.keras.optimizers.schedules.CosineDecay(LEARNING_RATE, steps)),
        loss=tf.keras.losses.CategoricalCrossentropy(label_smoothing=LABEL_SMOOTHING))
    network.fit(augmented(pictures, labels), epochs=EPOCHS, shuffle=False, verbose=0)
    return network


def convert(network, calibration):
    """Returns (float file, int8 file) as bytes, both with the static input [1,8,8,1]."""
    @tf.function(input_signature=[tf.TensorSpec([1, 8, 8, 1], tf.float32, name="picture")])
    def serve(picture):
        return network(picture, training=False)

    frozen = convert_variables_to_constants_v2(serve.get_concrete_function())

    def converter():
        return tf.lite.TFLiteConverter.from_concrete_functions([frozen])

    def representative_data():
        for picture in to_float(calibration):
            yield [picture[np.newaxis]]

    int8 = converter()
    int8.optimizations = [tf.lite.Optimize.DEFAULT]
    int8.representative_dataset = representative_data
    int8.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    int8.inference_input_type = tf.int8
    int8.inference_output_type = tf.int8
    return converter().convert(), int8.convert()


def run_reference(file_content, inputs):
    """Runs a TFLite file with the reference kernels, one picture at a time."""
    interpreter = tf.lite.Interpreter(
        model_content=file_content,
        experimental_op_resolver_type=tf.lite.experimental.OpResolverType.BUILTIN_REF)
    interpreter.allocate_tensors()
    source = interpreter.get_input_details()[0]["index"]
    target = interpreter.get_output_details()[0]["index"]
    outputs = []
    for picture in inputs:
        interpreter.set_tensor(source, picture[np.newaxis])
        interpreter.invoke()
        outputs.append(interpreter.get_tensor(target)[0])
    return np.stack(outputs)


def input_codes(file_content, pictures):
    """int8 input codes of uint8 pictures: p - 128; fails if the file asks for others."""
    detail = tf.lite.Interpreter(model_content=file_content).get_input_details()[0]
    scale, zero_point = detail["quantization"]
    levels = np.arange(256)
    codes = np.clip(np.rint(levels / 255 / scale) + zero_point, -128, 127)
    if zero_point != -128 or np.any(codes != levels - 128):
        raise ValueError(f"unexpected input quantisation {scale}, {zero_point}")
    return (pictures.astype(np.int16) - 128).astype(np.int8)


def write_pictures(pictures, labels):
    """Writes the first test picture of each digit as an 8x8 grey PNG."""
    folder = HERE / "pictures"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    for digit in range(10):
        index = int(np.flatnonzero(labels == digit)[0])
        Image.fromarray(pictures[index, :, :, 0]).save(folder / f"{index:03d}_{digit}.png")


def main():
    """Trains, converts, runs the reference kernels and writes all files."""
    tf.keras.utils.set_random_seed(SEED)
    tf.config.experimental.enable_op_determinism()

    train_x, train_y, test_x, test_y = load_pictures()
    network = train(train_x, train_y)
    float_file, int8_file = convert(network, train_x)

    float_outputs = run_reference(float_file, to_float(test_x))
    int8_outputs = run_reference(int8_file, input_codes(int8_file, test_x))

    (HERE / "digits_float.tflite").write_bytes(float_file)
    (HERE / "digits_int8.tflite").write_bytes(int8_file)
    np.save(HERE / "test_images.npy", test_x)
    np.save(HERE / "test_labels.npy", test_y)
    np.save(HERE / "test_outputs_int8.npy", int8_outputs)
    np.save(HERE / "test_outputs_float.npy", float_outputs)
    write_pictures(test_x, test_y)

    print("parameters        ", network.count_params())
    for name, outputs in (("float", float_outputs), ("int8", int8_outputs)):
        right = int(np.sum(outputs.argmax(axis=1) == test_y))
        print(f"{name:5s} test accuracy {right}/{len(test_y)} = {100 * right / len(test_y):.2f} %")


if __name__ == "__main__":
    main()
