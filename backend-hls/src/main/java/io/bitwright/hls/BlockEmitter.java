package io.bitwright.hls;

import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import io.bitwright.ir.diag.Printable;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.SeparableBlock;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.TensorData;
import io.bitwright.target.OutputTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Emits one depthwise + pointwise block as a streaming HLS function with a test bench that reads a map from standard
 * input and writes one to standard output. No dataflow plan: one product a cycle, the whole input map on chip.
 */
public final class BlockEmitter {
  private static final List<String> HEADERS = List.of("bw_hls.h");

  private final Configuration templates;

  /** Loads the templates from the class path. */
  public BlockEmitter() {
    templates = new Configuration(Configuration.VERSION_2_3_34);
    templates.setClassForTemplateLoading(BlockEmitter.class, "");
    templates.setDefaultEncoding("UTF-8");
    templates.setLocale(Locale.ROOT);
    templates.setNumberFormat("computer");
    templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    templates.setLogTemplateExceptions(false);
  }

  /**
   * The source tree of a block.
   *
   * @param name  a legal C++ identifier
   */
  public OutputTree emit(String name, SeparableBlock block) {
    DepthwisePointwiseModel model = model(name, block);
    OutputTree.Builder tree = new OutputTree.Builder();
    tree.add(name + ".cpp", render("DepthwisePointwiseModel.ftl", model));
    tree.add("tb_" + name + ".cpp", render("DepthwisePointwiseBench.ftl", model));
    HEADERS.forEach(header -> tree.add(header, resource(header)));
    return tree.build();
  }

  private static DepthwisePointwiseModel model(String name, SeparableBlock block) {
    Kernel.Dot depthwise = block.depthwise();
    Window w = depthwise.window();
    DepthwisePointwiseModel.Stage first = stage(depthwise, "depthwise");
    DepthwisePointwiseModel.Stage second = stage(block.pointwise(), "pointwise");
    String comment = Printable.of(depthwise.header().location().node()).replace("*/", "* /");
    return new DepthwisePointwiseModel(name, comment, map(block.ifm()), map(block.middle()), map(block.ofm()),
        new DepthwisePointwiseModel.Kernel(w.kernelH(), w.kernelW(), w.strideH(), w.strideW(), w.dilationH(),
            w.dilationW(), w.padding().top(), w.padding().left(), depthwise.paddingCode(), block.multiplier()),
        first, second, List.of(first, second),
        Stream.concat(first.epilogue().tables().stream(), second.epilogue().tables().stream()).toList());
  }

  private static DepthwisePointwiseModel.Map map(Value value) {
    return new DepthwisePointwiseModel.Map(value.h(), value.w(), value.c());
  }

  private static DepthwisePointwiseModel.Stage stage(Kernel.Dot dot, String prefix) {
    int accBits = dot.epilogue().inputs().get(0).interval().signedBits();
    return new DepthwisePointwiseModel.Stage(
        prefix, codes(dot.weights()), codes(dot.bias()), Math.max(accBits, 32), ScalarText.of(dot.epilogue(), prefix));
  }

  private static List<Long> codes(TensorData data) {
    return Arrays.stream(data.codes()).boxed().toList();
  }

  private String render(String template, DepthwisePointwiseModel model) {
    try (StringWriter text = new StringWriter()) {
      templates.getTemplate(template).process(model, text);
      return text.toString();
    } catch (IOException | TemplateException e) {
      throw new IllegalStateException("template " + template, e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = BlockEmitter.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
