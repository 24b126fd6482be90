package io.bitwright.conformance.hls;

import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Stage;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What is easily got wrong in a stage, by name; a set of cases is to have all of it. */
final class Corners {
  private static final Map<String, Predicate<Stage>> ALL = Map.ofEntries(
      Map.entry("idle lanes out of a dense stage", s -> s instanceof Stage.Dense && idle(s.output())),
      Map.entry("a short last pass", s -> s instanceof Stage.Dense d && d.outputsPerGroup() % d.pe() != 0),
      Map.entry("fewer beats of results from a short pass",
          s -> s instanceof Stage.Dense d && fewer(d.outputsPerGroup(), d.pe(), d.requantisers())),
      Map.entry("fewer beats of results from a short group", s -> s instanceof Stage.Depthwise d
          && fewer(d.output().channels(), d.pe(), d.requantisers())),
      Map.entry("fewer beats of results from a short group of a pool", s -> s instanceof Stage.Pool p
          && fewer(p.output().channels(), p.pe(), p.requantisers())),
      Map.entry("groups", s -> s instanceof Stage.Dense d && d.input().groups() > 1),
      Map.entry("dense weights with a zero point",
          s -> s instanceof Stage.Dense d && d.kernel().weightZeroPoint().isPresent()),
      Map.entry("folds of several taps",
          s -> s instanceof Stage.Dense d && d.input().tapLanes() > 1 && d.input().tapFolds() > 1),
      Map.entry("a short last group", s -> s instanceof Stage.Depthwise d && d.output().channels() % d.pe() != 0),
      Map.entry("several taps of a channel", s -> s instanceof Stage.Depthwise d && d.input().tapLanes() > 1),
      Map.entry("depthwise weights with a zero point",
          s -> s instanceof Stage.Depthwise d && d.kernel().weightZeroPoint().isPresent()),
      Map.entry("idle lanes out of a pool", s -> s instanceof Stage.Pool && idle(s.output())),
      Map.entry("a short last group of a pool", s -> s instanceof Stage.Pool p && p.output().channels() % p.pe() != 0),
      Map.entry("idle lanes of a global pool", s -> s instanceof Stage.GlobalPool && idle(s.output())),
      Map.entry("idle lanes of padding", s -> s instanceof Stage.Pad && idle(s.output())),
      Map.entry("idle lanes dropped", s -> s instanceof Stage.Repack && idle(s.input())),
      Map.entry("idle lanes added", s -> s instanceof Stage.Repack && idle(s.output())),
      Map.entry("dilation", s -> s instanceof Stage.LineBuffer l && l.window().dilationH() > 1),
      Map.entry("more beats in than out",
          s -> s instanceof Stage.LineBuffer l && l.input().beats() > l.output().beats()),
      Map.entry("windows of padding only",
          s -> s instanceof Stage.LineBuffer l && l.window().padding().top() >= l.window().extentH()));

  private Corners() {}

  private static boolean fewer(int channels, int together, int results) {
    return (channels % together + results - 1) / results % (together / results) != 0;
  }

  private static boolean idle(io.bitwright.dataflow.Stream stream) {
    return stream instanceof FeatureMap map && map.lastLanes() != map.lanes();
  }

  static Set<String> names() {
    return new TreeSet<>(ALL.keySet());
  }

  static Set<String> of(DataflowPlan plan) {
    Set<String> found = new TreeSet<>();
    ALL.forEach((name, has) -> {
      if (plan.stages().stream().anyMatch(has)) {
        found.add(name);
      }
    });
    return found;
  }
}
