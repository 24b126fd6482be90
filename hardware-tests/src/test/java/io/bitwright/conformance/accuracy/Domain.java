package io.bitwright.conformance.accuracy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.compiler.data.Preprocessing;
import io.bitwright.frontend.ModelSettings;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A trained float network of the reference data with pictures of what it was trained for.
 *
 * @param model  the file, in {@code models}
 * @param preprocessing  what it wants of a picture's samples
 * @param shape  of its input, where the file leaves it open
 * @param groups  pictures of its domain; those of a group are held out together
 */
record Domain(String model, Preprocessing preprocessing, List<Integer> shape, List<List<String>> groups) {
  private static final List<String> ANIMALS = List.of("cat.bmp", "bird.bmp", "dog_train_0.bmp");
  private static final List<String> OTHERS =
      List.of("grace_hopper.bmp", "hot_dog.jpg", "sunflower.bmp", "faces_1.jpg");

  static final Domain CIFAR = of("tflite/cifar_resnet8_float.tflite", 0, 1, false,
      List.of(List.of("cifar10/20-7.jpg"), List.of("cifar10/51-8.jpg"), List.of("cifar10/75-2.jpg")));
  static final Domain VWW = of("tflite/vww_96_float.tflite", 0, 255, false,
      List.of(List.of("vww/COCO_train2014_000000000250.jpg"), List.of("vww/COCO_train2014_000000000389.jpg"),
          List.of("vww/COCO_train2014_000000001943.jpg"), List.of("tflm_person.bmp"), List.of("tflm_no_person.bmp")));
  static final Domain FLOWERS = of("onnx/mobilenet_v2_0.35_128_flowers.onnx", 127.5, 127.5, false,
      List.of(List.of("sunflower.bmp"))).shaped(1, 3, 128, 128);
  static final Domain OCR = of("onnx/ppocr_cls_mobilenetv3.onnx", 127.5, 127.5, true,
      List.of(List.of("ppocr_txt0.png"), List.of("ppocr_txt180.png"))).shaped(1, 3, 48, 192);
  static final Domain INCEPTION = of("onnx/inception_v3_5class.onnx", 0, 255, false, List.of(ANIMALS, OTHERS));
  static final Domain FACES = of("onnx/ultraface_rfb320.onnx", 127, 128, false,
      List.of(List.of("faces_1.jpg"), List.of("grace_hopper.bmp")));
  static final Domain MOBILENET = of("tflite/mbnet128_0.25_float.tflite", 0, 255, false,
      pictures().stream().map(List::of).toList());

  private static Domain of(String model, double mean, double deviation, boolean bgr, List<List<String>> groups) {
    return new Domain(model, new Preprocessing(List.of(mean), List.of(deviation), bgr), List.of(), groups);
  }

  private Domain shaped(Integer... sizes) {
    return new Domain(model, preprocessing, List.of(sizes), groups);
  }

  private static Path data(String relative) {
    Optional<Path> found = TestData.find(relative);
    assumeTrue(found.isPresent(), "no reference data");
    return found.get();
  }

  Path file() {
    return data("models/" + model);
  }

  ModelSettings settings() {
    return new ModelSettings(Map.of(), 1, shape.isEmpty() ? Map.of() : Map.of("", shape), Optional.empty());
  }

  static Path picture(String name) {
    return data("images/" + name);
  }

  /** All pictures of the reference data. */
  static List<String> pictures() {
    if (TestData.root().isEmpty()) {
      return List.of();
    }
    Path folder = data("images");
    try (Stream<Path> files = Files.walk(folder)) {
      return new ArrayList<>(files.filter(f -> f.toString().matches(".*\\.(bmp|jpg|png)"))
          .map(f -> folder.relativize(f).toString()).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
