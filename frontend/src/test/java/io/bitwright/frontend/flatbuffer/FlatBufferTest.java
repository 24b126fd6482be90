package io.bitwright.frontend.flatbuffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.frontend.flatbuffer.FlatWriter.Fields;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlatBufferTest {
  private static final Fields ROOT = Fields.of()
      .with(0, (byte) -2)
      .with(1, -70000)
      .with(2, 1L << 40)
      .with(3, 2.5f)
      .with(4, "näme")
      .with(6, new int[] {5, -6})
      .with(7, new float[] {.5f})
      .with(8, List.of(Fields.of().with(0, 7), Fields.of()))
      .with(9, true);

  private static ByteBuffer file() {
    return ByteBuffer.wrap(FlatWriter.write("TEST", ROOT)).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void readsWhatIsThereAndDefaultsForTheRest() {
    FlatBuffer buffer = new FlatBuffer(file().array());
    assertTrue(buffer.hasIdentifier("TEST"));
    assertFalse(buffer.hasIdentifier("TFL3"));
    FlatTable root = buffer.root();
    assertEquals(-2, root.i8(0, 0));
    assertEquals(254, root.u8(0, 0));
    assertEquals(-70000, root.i32(1, 0));
    assertEquals((1L << 32) - 70000, root.u32(1, 0));
    assertEquals(1L << 40, root.i64(2, 0));
    assertEquals(2.5f, root.f32(3, 0));
    assertEquals("näme", root.text(4));
    assertEquals("", root.text(5));
    assertArrayEquals(new int[] {5, -6}, root.vector(6, 4).ints());
    assertArrayEquals(new float[] {.5f}, root.vector(7, 4).floats());
    assertEquals(7, root.vector(8, 4).table(0).i32(0, 1));
    assertEquals(1, root.vector(8, 4).table(1).i32(0, 1));
    assertTrue(root.flag(9));
    assertEquals(11, root.i32(200, 11));
    assertEquals(0, root.vector(200, 4).count());
    assertTrue(root.table(200).isEmpty());
  }

  @Test
  void offsetsOutsideOfTheFileAreRefused() {
    for (int bad : new int[] {0, -1, 1 << 30, Integer.MIN_VALUE, file().capacity() - 3}) {
      ByteBuffer file = file().putInt(0, bad);
      assertThrows(MalformedBufferException.class, () -> new FlatBuffer(file.array()).root(), () -> "root at " + bad);
    }
    int root = file().getInt(0);
    for (int bad : new int[] {-1, root + 1, Integer.MIN_VALUE, root - file().capacity()}) {
      ByteBuffer file = file().putInt(root, bad);
      assertThrows(MalformedBufferException.class, () -> new FlatBuffer(file.array()).root(), () -> "vtable " + bad);
    }
  }

  @Test
  void offsetsNeverLeadBack() {
    byte[] file = FlatWriter.write("TEST", Fields.of().with(0, List.of(Fields.of().with(0, 7))));
    ByteBuffer view = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    FlatVector tables = new FlatBuffer(file).root().vector(0, 4);
    assertEquals(7, tables.table(0).i32(0, 0));
    view.putInt(tables.position(), view.getInt(0) - tables.position());
    assertThrows(MalformedBufferException.class, () -> tables.table(0));
  }

  @Test
  void vtablesHaveASensibleSize() {
    int root = file().getInt(0);
    int vtable = root - file().getInt(root);
    for (int bad : new int[] {0, 2, 7, 0xfffe}) {
      ByteBuffer file = file().putShort(vtable, (short) bad);
      assertThrows(MalformedBufferException.class, () -> new FlatBuffer(file.array()).root(), () -> "size " + bad);
    }
  }

  @Test
  void vectorsLongerThanTheRestAreRefusedBeforeAnythingIsAllocated() {
    for (int bad : new int[] {-1, Integer.MAX_VALUE, 1 << 30, 10_000, 3}) {
      byte[] file = FlatWriter.write("TEST", Fields.of().with(0, new int[] {1, 2}));
      ByteBuffer view = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
      view.putInt(file.length - 12, bad);
      FlatTable root = new FlatBuffer(file).root();
      assertThrows(MalformedBufferException.class, () -> root.vector(0, 4), () -> "count " + bad);
    }
  }

  @Test
  void elementsAreCheckedAgainstTheCount() {
    FlatTable root = new FlatBuffer(file().array()).root();
    assertThrows(MalformedBufferException.class, () -> root.vector(6, 4).i32(2));
    assertThrows(MalformedBufferException.class, () -> root.vector(6, 4).i32(-1));
    assertThrows(MalformedBufferException.class, () -> FlatVector.none().i32(0));
  }

  @Test
  void copiesAreBoundedByAMultipleOfTheFile() {
    byte[] file = FlatWriter.write("TEST", Fields.of().with(0, new byte[1000]));
    FlatTable root = new FlatBuffer(file).root();
    for (int i = 0; i < 4; i++) {
      assertEquals(1000, root.vector(0, 1).bytes().length);
    }
    assertThrows(MalformedBufferException.class, () -> root.vector(0, 1).bytes());
  }
}
