package io.bitwright.runners.hls;

import io.bitwright.ir.type.TensorData;
import io.bitwright.target.OutputTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which FIFO carries which source operator's result: what {@code sim/operators.txt} of a tree lists. */
final class Taps {
  private static final String LIST = "sim/operators.txt";

  /** A line: pixels of {@code channels} codes, each in beats of {@code lanes}. */
  private record Tap(int operator, String fifo, int pixels, int channels, int lanes, boolean recentred) {
    static Tap of(String line) {
      String[] words = line.split(" ");
      return new Tap(Integer.parseInt(words[0]), words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]),
          Integer.parseInt(words[4]), words[5].equals("uint8"));
    }

    /** The first frame's codes, idle lanes left out, as the model types them. */
    byte[] read(Path folder) throws IOException {
      byte[] codes = new byte[pixels * channels];
      int beats = (channels + lanes - 1) / lanes;
      try (InputStream in = Files.newInputStream(folder.resolve(fifo + ".beats"))) {
        for (int pixel = 0; pixel < pixels; pixel++) {
          byte[] all = in.readNBytes(beats * lanes);
          if (all.length < beats * lanes) {
            throw new IllegalStateException("FIFO " + fifo + " carried " + pixel + " pixels of " + pixels);
          }
          System.arraycopy(all, 0, codes, pixel * channels, channels);
        }
      }
      if (recentred) {
        TensorData.recentre(codes);
      }
      return codes;
    }
  }

  private final List<Tap> taps = new ArrayList<>();

  Taps(OutputTree tree) {
    byte[] list = tree.files().get(LIST);
    if (list != null) {
      new String(list, StandardCharsets.UTF_8).lines().filter(l -> !l.startsWith("#")).map(Tap::of).forEach(taps::add);
    }
  }

  /** By source operator its output as the model types it, from the files of a run. */
  SortedMap<Integer, byte[]> read(Path folder) throws IOException {
    SortedMap<Integer, byte[]> layers = new TreeMap<>();
    for (Tap tap : taps) {
      layers.put(tap.operator(), tap.read(folder));
    }
    return layers;
  }
}
