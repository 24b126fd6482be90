package io.bitwright.hls;

import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Stage;
import io.bitwright.ir.kernel.Kernel.Reduction;
import java.util.List;

/** The models of stages that pass a map on, code by code. Those with windows and weights are {@link WindowModels}. */
final class StageModels {
  private final Style style;

  private StageModels(Style style) {
    this.style = style;
  }

  static StageModel of(Stage stage, Style style) {
    return new StageModels(style).model(stage).build();
  }

  private StageModelBuilder model(Stage stage) {
    if (stage instanceof Stage.GlobalPool pool) {
      return globalPool(pool);
    } else if (stage instanceof Stage.Lookup lookup) {
      return lookup(lookup);
    } else if (stage instanceof Stage.Elementwise elementwise) {
      return elementwise(elementwise);
    } else if (stage instanceof Stage.Softmax softmax) {
      return SoftmaxModel.of(softmax, style);
    } else if (stage instanceof Stage.Pad pad) {
      return pad(pad);
    } else if (stage instanceof Stage.Repack repack) {
      return repack(repack);
    }
    return new WindowModels(style).model(stage);
  }

  /** The struct of {@code bw_pool.h} for a reduction. */
  static String reduction(Reduction reduction) {
    return "typedef " + (reduction == Reduction.MAX ? "bw_maximum" : "bw_sum") + " reduction;";
  }

  private StageModelBuilder globalPool(Stage.GlobalPool stage) {
    FeatureMap map = stage.input();
    int accBits = Math.max(8, stage.epilogue().inputs().get(0).interval().signedBits());
    boolean registers = map.beatsPerPixel() <= 8;
    return new StageModelBuilder(stage, style, "bw_global_pool")
        .constant("PIXELS", map.pixels()).lanesOf(map)
        .type("typedef ap_int<" + accBits + "> acc_t;").type(reduction(stage.kernel().reduction()))
        .body("epilogue", stage.epilogue(), List.of("acc_t acc", "bw_index channel", "bw_index taps"), map.lanes())
        .memory("ap_int<" + accBits + ">", "sums", "[" + map.beatsPerPixel() + "][" + map.lanes() + "]",
            registers ? List.of("ARRAY_PARTITION variable=sums type=complete dim=0")
                : List.of("ARRAY_RESHAPE variable=sums type=complete dim=2",
                    StageModelBuilder.storage("sums", "ram_s2p", stage.accumulators())));
  }

  private StageModelBuilder lookup(Stage.Lookup stage) {
    List<Long> entries = java.util.Arrays.stream(stage.table().codes()).boxed().toList();
    StageModelBuilder model = new StageModelBuilder(stage, style, "bw_elementwise")
        .constant("PIXELS", stage.input().pixels()).lanesOf(stage.input());
    StageModel.LocalTable table = new StageModel.LocalTable("signed char", "entries", entries.size(),
        ConstantArray.numbers(entries),
        stage.input().lanes() > 1 ? "BIND_STORAGE variable=entries type=rom_np impl=lutram" : "");
    return model.function(new StageModel.Function("bw_code", "body", "bw_code x0, bw_index channel", style.inlining(),
        List.of(table), List.of("channel"), List.of(), "bw_code(entries[int(x0) + 128])"));
  }

  private StageModelBuilder elementwise(Stage.Elementwise stage) {
    return new StageModelBuilder(stage, style, "bw_elementwise")
        .constant("PIXELS", stage.input().pixels()).lanesOf(stage.input())
        .body("body", stage.body(), List.of("bw_code x0", "bw_index channel"), stage.input().lanes());
  }

  private StageModelBuilder pad(Stage.Pad stage) {
    return new StageModelBuilder(stage, style, "bw_pad")
        .constant("HEIGHT", stage.input().height()).constant("WIDTH", stage.input().width())
        .constant("TOP", stage.top()).constant("LEFT", stage.left())
        .constant("OUTPUT_HEIGHT", stage.output().height()).constant("OUTPUT_WIDTH", stage.output().width())
        .lanesOf(stage.input()).constant("FILL", stage.fill());
  }

  private StageModelBuilder repack(Stage.Repack stage) {
    FeatureMap in = stage.input();
    FeatureMap out = stage.output();
    int piece = divisor(divisor(in.lanes(), in.lastLanes()), divisor(out.lanes(), out.lastLanes()));
    TripCounts trips = TripCounts.of(stage);
    return new StageModelBuilder(stage, style, "bw_repack")
        .constant("PIECE", piece)
        .constant("IN_LANES", in.lanes()).constant("IN_LAST", in.lastLanes())
        .constant("IN_PIXEL_BEATS", in.beatsPerPixel()).constant("IN_BEATS", in.beats())
        .constant("OUT_LANES", out.lanes()).constant("OUT_LAST", out.lastLanes())
        .constant("OUT_PIXEL_BEATS", out.beatsPerPixel()).constant("OUT_BEATS", out.beats())
        .trips(trips);
  }

  private static int divisor(int a, int b) {
    return b == 0 ? a : divisor(b, a % b);
  }
}
