package io.bitwright.hls;

import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.PackedWeights;
import io.bitwright.dataflow.Patches;
import io.bitwright.dataflow.Stage;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.Scalar;
import java.util.Arrays;
import java.util.List;

/** The models of stages with windows: line buffers, sums of products, pools. */
final class WindowModels {
  private static final List<String> EPILOGUE = List.of("acc_t acc", "bw_index channel", "bw_index taps");

  private final Style style;

  WindowModels(Style style) {
    this.style = style;
  }

  StageModelBuilder model(Stage stage) {
    if (stage instanceof Stage.LineBuffer lines) {
      return lineBuffer(lines);
    } else if (stage instanceof Stage.Dense dense) {
      return dense(dense);
    } else if (stage instanceof Stage.Depthwise depthwise) {
      return depthwise(depthwise);
    }
    return pool((Stage.Pool) stage);
  }

  private StageModelBuilder lineBuffer(Stage.LineBuffer stage) {
    Window w = stage.window();
    Patches patches = stage.output();
    FeatureMap map = stage.input();
    LineBufferSchedule schedule = new LineBufferSchedule(stage);
    int slots = schedule.slots();
    long first = Math.floorMod(-(long) w.padding().top() * map.width() - w.padding().left(), (long) slots);
    long lastRow = (stage.outputHeight() - 1L) * w.strideH() * map.width();
    StageModelBuilder model = new StageModelBuilder(stage, style, "bw_line_buffer");
    window(model, w, map);
    return model.constant("EXTENT_H", w.extentH()).constant("EXTENT_W", w.extentW())
        .constant("OUTPUT_HEIGHT", stage.outputHeight()).constant("OUTPUT_WIDTH", stage.outputWidth())
        .constant("FILL", stage.fill())
        .constant("GROUPS", patches.groups()).constant("TAP_FOLDS", patches.tapFolds())
        .constant("WORDS", patches.words())
        .constant("TAP_LANES", patches.tapLanes()).constant("WORD_LANES", patches.wordLanes())
        .constant("SLOTS", slots).constant("FIRST_SLOT", first)
        .constant("COLUMN_STEP", w.strideW() % slots)
        .constant("ROW_STEP", (long) w.strideH() * map.width() % slots)
        .constant("FRAME_STEP", Math.floorMod(map.pixels() - lastRow, (long) slots))
        .trips(schedule.trips())
        .lookup("int", "tap_slot", "tap", tapSlots(stage, slots), "int", patches.tapLanes())
        .memory("bw_code", "lines",
            "[" + patches.tapLanes() + "][" + slots * map.beatsPerPixel() + "][" + patches.wordLanes() + "]",
            List.of("ARRAY_PARTITION variable=lines type=complete dim=1",
                "ARRAY_RESHAPE variable=lines type=complete dim=3",
                StageModelBuilder.storage("lines", "ram_s2p", stage.lines())));
  }

  private static void window(StageModelBuilder model, Window w, FeatureMap map) {
    model.constant("HEIGHT", map.height()).constant("WIDTH", map.width())
        .constant("KERNEL_H", w.kernelH()).constant("KERNEL_W", w.kernelW())
        .constant("STRIDE_H", w.strideH()).constant("STRIDE_W", w.strideW())
        .constant("DILATION_H", w.dilationH()).constant("DILATION_W", w.dilationW())
        .constant("PAD_TOP", w.padding().top()).constant("PAD_LEFT", w.padding().left());
  }

  /** How far a tap's slot lies behind the first tap's; past the last tap 0. */
  private static List<Long> tapSlots(Stage.LineBuffer stage, int ring) {
    Window w = stage.window();
    Long[] slots = new Long[stage.output().tapFolds() * stage.output().tapLanes()];
    Arrays.fill(slots, 0L);
    for (int tap = 0; tap < w.taps(); tap++) {
      long pixels = (long) (tap / w.kernelW()) * w.dilationH() * stage.input().width()
          + (long) (tap % w.kernelW()) * w.dilationW();
      slots[tap] = pixels % ring;
    }
    return List.of(slots);
  }

  private StageModelBuilder dense(Stage.Dense stage) {
    Patches patches = stage.input();
    StageModelBuilder model = new StageModelBuilder(stage, style, "bw_dense")
        .constant("PIXELS", patches.pixels()).constant("GROUPS", patches.groups())
        .constant("PASSES", stage.outputFolds()).constant("BEATS", patches.beatsPerGroup())
        .constant("LANES", patches.lanes()).constant("PE", stage.pe())
        .constant("OUTPUTS", stage.outputsPerGroup());
    products(model, stage.kernel(), stage.packed(), stage.multipliers().macInDsp(), stage.output());
    String weights = stage.name() + "_weights";
    boolean kept = stage.patch().isPresent();
    return model
        .array(ConstantArray.of("signed char", weights, "a word for each group, pass and beat: [PE][LANES]",
            stored(stage.packed(), stage.kernel()), patches.lanes(),
            List.of("ARRAY_RESHAPE variable=" + weights + " type=complete dim=2",
                "ARRAY_RESHAPE variable=" + weights + " type=complete dim=3",
                StageModelBuilder.storage(weights, "rom_1p", stage.weights()))))
        .array(bias(stage, stage.packed()))
        .memory("bw_code", "patch", "[" + (kept ? patches.beatsPerGroup() : 1) + "][" + patches.lanes() + "]",
            kept ? List.of("ARRAY_RESHAPE variable=patch type=complete dim=2",
                StageModelBuilder.storage("patch", "ram_s2p", stage.patch().get())) : List.of());
  }

  private StageModelBuilder depthwise(Stage.Depthwise stage) {
    Patches patches = stage.input();
    StageModelBuilder model = new StageModelBuilder(stage, style, "bw_depthwise")
        .constant("PIXELS", patches.pixels()).constant("GROUPS", patches.groups())
        .constant("BEATS", patches.beatsPerGroup())
        .constant("TAP_LANES", patches.tapLanes()).constant("PE", stage.pe());
    products(model, stage.kernel(), stage.packed(), stage.multipliers().macInDsp(), stage.output());
    String weights = stage.name() + "_weights";
    return model
        .array(ConstantArray.of("signed char", weights, "a word for each group and beat: TAP_LANES taps of PE channels",
            stored(stage.packed(), stage.kernel()),
            List.of("ARRAY_RESHAPE variable=" + weights + " type=complete dim=2",
                StageModelBuilder.storage(weights, "rom_1p", stage.weights()))))
        .array(bias(stage, stage.packed()));
  }

  private void products(
      StageModelBuilder model, Kernel.Dot kernel, PackedWeights packed, int inDsp, FeatureMap output) {
    model.constant("WEIGHT_BITS", packed.weightBits())
        .constant("WEIGHT_ZERO", kernel.weightZeroPoint().orElse(0))
        .constant("MULTIPLIERS_IN_DSP", inDsp);
    results(model, kernel.epilogue(), output);
  }

  private void results(StageModelBuilder model, Scalar epilogue, FeatureMap output) {
    int accBits = Math.max(8, epilogue.inputs().get(0).interval().signedBits());
    model.constant("CHANNELS", output.channels()).constant("RESULTS", output.lanes())
        .type("typedef ap_int<" + accBits + "> acc_t;")
        .body("epilogue", epilogue, EPILOGUE, output.lanes());
  }

  /** Weights with their zero point, as the model stores them: 8 bits, where those without may need 9. */
  private static long[][] stored(PackedWeights packed, Kernel.Dot kernel) {
    int zero = kernel.weightZeroPoint().orElse(0);
    return Arrays.stream(packed.pack()).map(word -> Arrays.stream(word).mapToLong(w -> w + zero).toArray())
        .toArray(long[][]::new);
  }

  private static ConstantArray bias(Stage stage, PackedWeights packed) {
    String name = stage.name() + "_bias";
    return ConstantArray.of("int", name, "first addend of each output channel", packed.biases(),
        List.of("ARRAY_RESHAPE variable=" + name + " type=complete dim=2"));
  }

  private StageModelBuilder pool(Stage.Pool stage) {
    Patches patches = stage.input();
    StageModelBuilder model = new StageModelBuilder(stage, style, "bw_pool");
    window(model, stage.kernel().window(),
        new FeatureMap(stage.kernel().inputs().get(0).h(), stage.kernel().inputs().get(0).w(), 1, 1));
    model.constant("OUTPUT_HEIGHT", stage.output().height()).constant("OUTPUT_WIDTH", stage.output().width())
        .constant("GROUPS", patches.groups()).constant("BEATS", patches.beatsPerGroup())
        .constant("TAP_LANES", patches.tapLanes()).constant("PE", stage.pe())
        .type(StageModels.reduction(stage.kernel().reduction()));
    results(model, stage.epilogue(), stage.output());
    return model;
  }
}
