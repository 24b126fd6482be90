package io.bitwright.dataflow.timing;

import io.bitwright.dataflow.Stage;
import io.bitwright.dataflow.fold.Ring;

/**
 * The ring of pixels: a writer that takes a word a cycle while there is room, and a reader of windows. The writer learns a cycle
 * later what the reader has left behind.
 */
final class LineBufferModel extends PipelinedModel {
  private final Fifo in;
  private final Stage.LineBuffer stage;
  private final int[] needed;
  private final int[] freed;
  private final int beatsPerWindow;
  private final int latency;
  private int word;
  private long written;
  private long visible;
  private long occupied;
  private int freedRead;
  private boolean frameRead;
  private boolean arrived;
  private int window;
  private int beat;

  LineBufferModel(Fifo in, Fifo out, Stage.LineBuffer stage, int latency) {
    super(out, latency);
    this.in = in;
    this.stage = stage;
    this.latency = latency;
    Ring ring = new Ring(stage.input(), stage.window(), stage.outputHeight(), stage.outputWidth());
    int windows = stage.outputHeight() * stage.outputWidth();
    this.needed = new int[windows];
    this.freed = new int[windows];
    for (int i = 0; i < windows; i++) {
      needed[i] = Math.max(1, ring.needed(i / stage.outputWidth(), i % stage.outputWidth()));
      freed[i] = ring.freed(i / stage.outputWidth(), i % stage.outputWidth());
    }
    this.beatsPerWindow = (int) (stage.output().beats() / stage.output().pixels());
  }

  @Override
  void besides() {
    visible = written;
    if (arrived) {
      occupied++;
      arrived = false;
    }
    if (in.canRead() && occupied - freedRead < stage.capacityPixels()) {
      in.read();
      if (++word == stage.input().beatsPerPixel()) {
        word = 0;
        written++;
        arrived = true;
      }
    }
  }

  @Override
  boolean step() {
    freedRead = freed[window];
    if (frameRead) {
      occupied -= stage.input().pixels();
      frameRead = false;
    }
    if (visible < needed[window]) {
      return false;
    }
    emit(latency);
    if (++beat == beatsPerWindow) {
      beat = 0;
      if (++window == needed.length) {
        window = 0;
        written -= stage.input().pixels();
        frameRead = true;
      }
    }
    return true;
  }
}
