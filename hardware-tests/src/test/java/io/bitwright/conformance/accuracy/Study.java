package io.bitwright.conformance.accuracy;

import io.bitwright.boards.Boards;
import io.bitwright.compiler.CompileObserver;
import io.bitwright.compiler.CompileOptions;
import io.bitwright.compiler.Compiler;
import io.bitwright.compiler.Inference;
import io.bitwright.compiler.Network;
import io.bitwright.compiler.QuantizationRequest;
import io.bitwright.compiler.Verification;
import io.bitwright.compiler.data.InputFile;
import io.bitwright.compiler.data.ModelTensor;
import io.bitwright.conformance.zoo.Reals;
import io.bitwright.frontend.quantise.QuantizationSettings;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A float network beside its quantised form, calibrated with pictures, on pictures that it was not calibrated with. */
final class Study {
  private final Domain domain;
  private final QuantizationSettings settings;

  Study(Domain domain, QuantizationSettings settings) {
    this.domain = domain;
    this.settings = settings;
  }

  /** What both networks answer, per output; in the file's order. */
  record Answer(String picture, List<double[]> expected, List<double[]> actual) {
    double cosine(int output) {
      return Reals.cosine(expected.get(output), actual.get(output));
    }

    boolean sameTop() {
      return Reals.largest(expected.get(0)) == Reals.largest(actual.get(0));
    }

    /** By how much the largest element of the float network's first output exceeds the next. */
    double margin() {
      double[] sorted = expected.get(0).clone();
      java.util.Arrays.sort(sorted);
      return sorted[sorted.length - 1] - sorted[sorted.length - 2];
    }
  }

  Network real() {
    return new Compiler(CompileOptions.DEFAULT, CompileObserver.NONE).load(domain.file(), domain.settings());
  }

  /** Calibrated with all pictures of the reference data but some. */
  Network quantised(List<String> heldOut) {
    return compiler(heldOut).load(domain.file(), domain.settings());
  }

  /** The generated C of the quantised network on the pictures held out, beside the interpreter. */
  Verification.Result inC(List<String> heldOut) {
    Compiler compiler = compiler(heldOut);
    Network network = compiler.load(domain.file(), domain.settings());
    List<List<byte[]>> frames = heldOut.stream()
        .map(p -> List.of(input(Domain.picture(p), network.inputs().get(0)))).toList();
    return new Verification(network, new Inference(compiler, network, Boards.find("host").board()), frames).on("c");
  }

  private Compiler compiler(List<String> heldOut) {
    QuantizationRequest.Inputs inputs = tensors -> Domain.pictures().stream().filter(p -> !heldOut.contains(p))
        .map(p -> List.of(input(Domain.picture(p), tensors.get(0)))).toList();
    CompileOptions options = CompileOptions.DEFAULT.quantizing(new QuantizationRequest(inputs, settings));
    return new Compiler(options, CompileObserver.NONE);
  }

  private byte[] input(Path picture, ModelTensor tensor) {
    return InputFile.read(picture, tensor, domain.preprocessing());
  }

  /** Each group of pictures held out in turn; {@code variations} of them shared evenly among all pictures. */
  List<Answer> variations(int count) {
    List<String> all = domain.groups().stream().flatMap(List::stream).toList();
    List<Answer> answers = new ArrayList<>();
    for (List<String> group : domain.groups()) {
      Pass pass = new Pass(real(), quantised(group));
      IntStream.range(0, count).filter(i -> group.contains(all.get(i % all.size()))).forEach(i ->
          answers.add(pass.answer(all.get(i % all.size()) + " " + i, varied(Domain.picture(all.get(i % all.size())), i))));
    }
    return answers;
  }

  /** Each group of pictures as they are, held out in turn. */
  List<Answer> plain() {
    List<Answer> answers = new ArrayList<>();
    for (List<String> group : domain.groups()) {
      Pass pass = new Pass(real(), quantised(group));
      group.forEach(p -> answers.add(pass.answer(p, Domain.picture(p))));
    }
    return answers;
  }

  private static Path varied(Path picture, long seed) {
    try {
      BufferedImage image = ImageIO.read(picture.toFile());
      Path file = Files.createTempFile("variation", ".png");
      file.toFile().deleteOnExit();
      ImageIO.write(Variation.of(image, seed), "png", file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Both networks on an interpreter each. */
  private final class Pass {
    private final Network real;
    private final Network quantised;
    private final Interpreter exact;
    private final Interpreter integer;

    Pass(Network real, Network quantised) {
      this.real = real;
      this.quantised = quantised;
      this.exact = new Interpreter(real.plan());
      this.integer = new Interpreter(quantised.plan());
    }

    Answer answer(String name, Path picture) {
      return new Answer(name, run(real, exact, picture), run(quantised, integer, picture));
    }

    private List<double[]> run(Network network, Interpreter interpreter, Path picture) {
      List<byte[]> raw = interpreter.run(List.of(input(picture, network.inputs().get(0))), Trace.NONE);
      return IntStream.range(0, raw.size()).mapToObj(i -> {
        ModelTensor tensor = network.outputs().get(i);
        return Reals.of(tensor.type(), tensor.toOwn(raw.get(i)));
      }).toList();
    }
  }
}
