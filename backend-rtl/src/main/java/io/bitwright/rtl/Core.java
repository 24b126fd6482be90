package io.bitwright.rtl;

import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Stage;
import io.bitwright.dataflow.Stream;
import io.bitwright.dataflow.timing.Latency;
import io.bitwright.ir.kernel.Value;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.text.CommentText;
import java.util.List;

/**
 * What every generated file needs to know of the accelerator.
 *
 * @param name  of the top module
 * @param source  the model file's name, safe for a comment
 * @param intervalCycles  of the slowest stage
 */
public record Core(String name, String source, String board, Port ifm, Port ofm, int lanes, long intervalCycles,
    List<Unit> stages, List<Image> images, boolean selfTest, boolean probes) {
  public Core {
    stages = List.copyOf(stages);
    images = List.copyOf(images);
  }

  /**
   * A stream of the top.
   *
   * @param codes  what a code of the stream means
   */
  public record Port(int height, int width, int channels, int lanes, int bits, long beats, int beatsPerPixel,
      String codes) {
    static Port of(FeatureMap map, Value value) {
      String real = value.type().isPerTensor()
          ? "real = " + value.type().scale() + " * (code - (" + (value.type().zeroPoint() - flip(value)) + "))" : "";
      String stored =
          value.recentred() ? "the model's uint8 codes minus 128 (flip bit 7); " : "the model's int8 codes; ";
      return new Port(map.height(), map.width(), map.channels(), map.lanes(), 8 * map.lanes(), map.beats(),
          map.beatsPerPixel(), (stored + real).replaceAll("; $", ""));
    }

    private static int flip(Value value) {
      return value.recentred() ? 128 : 0;
    }
  }

  /**
   * A stage for the table of stages.
   *
   * @param comment  the tensor that it computes, safe for a comment; empty where it only rearranges
   */
  public record Unit(String name, String comment, String reads, String gives, int macLanes, long intervalCycles,
      int latencyCycles) {
    private static final int LONGEST = 60;

    static Unit of(Stage stage) {
      String tensor = stage.header().value().map(v -> CommentText.of(v.name())).orElse("");
      String comment = tensor.length() > LONGEST ? tensor.substring(0, LONGEST) + "..." : tensor;
      return new Unit(stage.name(), comment, describe(stage.input()), describe(stage.output()),
          DataflowPlan.macLanes(stage), stage.intervalCycles(), Latency.of(stage));
    }

    private static String describe(Stream stream) {
      String lanes = " by " + stream.lanes();
      if (stream instanceof FeatureMap map) {
        return map.height() + "x" + map.width() + "x" + map.channels() + lanes;
      }
      return stream.beats() + " beats of windows" + lanes;
    }
  }

  /** A memory image. */
  public record Image(String file, long bytes) {}

  static Core of(EmitRequest request, DataflowPlan plan, RenderedDesign design) {
    List<Image> images = design.images().entrySet().stream()
        .map(e -> new Image(e.getKey(), e.getValue().length() / 2)).toList();
    return new Core(plan.name(), CommentText.of(request.source()), CommentText.of(request.board().title()),
        Port.of(plan.input(), plan.program().inputs().get(0)),
        Port.of(plan.output(), plan.program().outputs().get(0)), plan.macLanes(),
        plan.stages().stream().mapToLong(Stage::intervalCycles).max().orElseThrow(),
        plan.stages().stream().map(Unit::of).toList(), images, request.selfTest().isPresent(),
        request.hardware().probes());
  }
}
