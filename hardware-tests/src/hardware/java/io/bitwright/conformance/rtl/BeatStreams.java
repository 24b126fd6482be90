package io.bitwright.conformance.rtl;

import io.bitwright.dataflow.FeatureMap;
import io.bitwright.dataflow.Patches;
import io.bitwright.ir.op.Window;
import java.util.Arrays;

/** Tensors of stored codes as the beats that docs/dataflow.md describes, a code an element; -1000 stands for any. */
final class BeatStreams {
  static final int ANY = -1000;

  private BeatStreams() {}

  static int[] ofMap(byte[] tensor, FeatureMap map) {
    int[] beats = new int[Math.toIntExact(map.beats() * map.lanes())];
    for (int pixel = 0; pixel < map.pixels(); pixel++) {
      for (int c = 0; c < map.channels(); c++) {
        int beat = pixel * map.beatsPerPixel() + c / map.lanes();
        beats[beat * map.lanes() + c % map.lanes()] = tensor[pixel * map.channels() + c];
      }
    }
    return beats;
  }

  static byte[] bytes(int[] beats) {
    byte[] bytes = new byte[beats.length];
    for (int i = 0; i < beats.length; i++) {
      bytes[i] = (byte) beats[i];
    }
    return bytes;
  }

  /** The windows of a map. */
  static int[] ofPatches(byte[] tensor, FeatureMap map, Window window, int outputWidth, Patches patches, int fill) {
    int[] beats = new int[Math.toIntExact(patches.beats() * patches.lanes())];
    Arrays.fill(beats, ANY);
    int at = 0;
    for (int pixel = 0; pixel < patches.pixels(); pixel++) {
      for (int group = 0; group < patches.groups(); group++) {
        for (int fold = 0; fold < patches.tapFolds(); fold++) {
          for (int word = 0; word < patches.words(); word++) {
            for (int lane = 0; lane < patches.lanes(); lane++, at++) {
              int tap = fold * patches.tapLanes() + lane / patches.wordLanes();
              int channel = (group * patches.words() + word) * patches.wordLanes() + lane % patches.wordLanes();
              if (tap < window.taps() && channel < map.channels()) {
                beats[at] = tap(tensor, map, window, pixel / outputWidth, pixel % outputWidth, tap, channel, fill);
              }
            }
          }
        }
      }
    }
    return beats;
  }

  private static int tap(byte[] tensor, FeatureMap map, Window window, int y, int x, int tap, int channel, int fill) {
    int row = y * window.strideH() - window.padding().top() + tap / window.kernelW() * window.dilationH();
    int column = x * window.strideW() - window.padding().left() + tap % window.kernelW() * window.dilationW();
    boolean inside = row >= 0 && row < map.height() && column >= 0 && column < map.width();
    return inside ? tensor[(row * map.width() + column) * map.channels() + channel] : fill;
  }

  /** Where beats first differ from what is expected; -1 if nowhere. */
  static int difference(int[] expected, byte[] actual) {
    if (actual.length != expected.length) {
      return Math.min(actual.length, expected.length);
    }
    for (int i = 0; i < actual.length; i++) {
      if (expected[i] != ANY && expected[i] != actual[i]) {
        return i;
      }
    }
    return -1;
  }
}
