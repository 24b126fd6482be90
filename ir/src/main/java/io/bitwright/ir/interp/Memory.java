package io.bitwright.ir.interp;

import io.bitwright.ir.kernel.Storage;
import io.bitwright.ir.type.TensorData;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The arena, with little-endian access to its elements. */
final class Memory {
  private static final VarHandle FLOATS = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;

  Memory(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  float real(int address) {
    return (float) FLOATS.get(bytes, address);
  }

  void setReal(int address, float value) {
    FLOATS.set(bytes, address, value);
  }

  int wideCode(int address) {
    return (short) SHORTS.get(bytes, address);
  }

  /** Reads codes of a storage that lie {@code step} elements apart. */
  void loadCodes(Storage storage, int address, int step, long[] to, int at, int count) {
    if (storage == Storage.I16) {
      for (int i = 0; i < count; i++) {
        to[at + i] = wideCode(address + 2 * i * step);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      to[at + i] = bytes[address + i * step];
    }
  }

  /** Writes codes of a storage one after the other. */
  void storeCodes(Storage storage, int address, long[] from, int at, int count) {
    switch (storage) {
      case I8 -> { for (int i = 0; i < count; i++) { bytes[address + i] = (byte) from[at + i]; } }
      case I16 -> { for (int i = 0; i < count; i++) { SHORTS.set(bytes, address + 2 * i, (short) from[at + i]); } }
      case I32 -> { for (int i = 0; i < count; i++) { INTS.set(bytes, address + 4 * i, (int) from[at + i]); } }
      case F32 -> throw new IllegalStateException("f32 has no codes");
    }
  }

  /** Copies the channels of one pixel. */
  void loadReals(int address, float[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = real(address + 4 * i);
    }
  }

  /**
   * The elements of a value in C order as the model types them.
   */
  byte[] read(View view) {
    int rowBytes = view.value().c() * view.elementBytes();
    byte[] raw = new byte[view.value().sizeBytes()];
    forEachPixel(view, (address, at) -> System.arraycopy(bytes, address, raw, at, rowBytes));
    recentre(view, raw);
    return raw;
  }

  /** Puts a tensor in its place, from elements as the model types them. */
  void write(View view, byte[] raw) {
    if (raw.length != view.value().sizeBytes()) {
      throw new IllegalArgumentException(raw.length + " bytes for a tensor of " + view.value().sizeBytes());
    }
    byte[] stored = raw.clone();
    recentre(view, stored);
    int rowBytes = view.value().c() * view.elementBytes();
    forEachPixel(view, (address, at) -> System.arraycopy(stored, at, bytes, address, rowBytes));
  }

  private static void recentre(View view, byte[] raw) {
    if (view.value().recentred()) {
      TensorData.recentre(raw);
    }
  }

  private interface PixelAction {
    void at(int address, int position);
  }

  private static void forEachPixel(View view, PixelAction action) {
    int position = 0;
    for (int n = 0; n < view.value().n(); n++) {
      for (int y = 0; y < view.value().h(); y++) {
        for (int x = 0; x < view.value().w(); x++) {
          action.at(view.address(n, y, x), position);
          position += view.value().c() * view.elementBytes();
        }
      }
    }
  }

}
