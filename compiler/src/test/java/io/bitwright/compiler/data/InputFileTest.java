package io.bitwright.compiler.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import io.bitwright.ir.type.View;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {
  private static final TensorType I8 = TensorType.quantized(Shape.of(1, 2, 3, 1), ElementType.I8, 0.5f, -10);
  private static final TensorType U8 = TensorType.quantized(Shape.of(1, 4, 6, 3), ElementType.U8, 0.0078125f, 128);
  @TempDir
  private Path folder;

  private Path npy(NpyType type, List<Integer> shape, byte[] data) throws IOException {
    return Files.write(folder.resolve("x.npy"), Npy.write(new NpyArray(type, shape, data)));
  }

  private Path resource(String name) throws IOException {
    try (var in = InputFileTest.class.getResourceAsStream(name)) {
      return Files.write(folder.resolve(name), in.readAllBytes());
    }
  }

  private static DiagnosticId refused(Path file, TensorType type) {
    return assertThrows(DiagnosticException.class, () -> InputFile.read(file, type, Preprocessing.PLAIN))
        .diagnostics().get(0).id();
  }

  @Test
  void rawBytesMustBeAsManyAsTheInputTakes() throws IOException {
    Path file = Files.write(folder.resolve("x.bin"), new byte[] {1, 2, 3, 4, 5, 6});
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6}, InputFile.read(file, I8, Preprocessing.PLAIN));
    assertEquals(DiagnosticId.BAD_INPUT_DATA, refused(file, U8));
  }

  @Test
  void arraysOfTheModelsTypeAreTakenAsTheyAre() throws IOException {
    byte[] data = {1, 2, 3, 4, 5, 6};
    assertArrayEquals(data, InputFile.read(npy(NpyType.I8, List.of(2, 3), data), I8, Preprocessing.PLAIN));
    assertEquals(DiagnosticId.BAD_INPUT_DATA, refused(npy(NpyType.I8, List.of(3, 2), data), I8));
    assertEquals(DiagnosticId.BAD_INPUT_DATA, refused(npy(NpyType.I16, List.of(2, 3), new byte[12]), I8));
  }

  @Test
  void realsPassThroughTheInputsQuantisation() throws IOException {
    byte[] reals = TensorData.ofFloats(0, 0.25f, -0.25f, 1e9f, -1e9f, 3).toRaw();
    assertArrayEquals(new byte[] {-10, -9, -11, 127, -128, -4},
        InputFile.read(npy(NpyType.F32, List.of(1, 2, 3, 1), reals), I8, Preprocessing.PLAIN));
    byte[] nan = TensorData.ofFloats(0, Float.NaN, 0, 0, 0, 0).toRaw();
    assertEquals(DiagnosticId.BAD_INPUT_DATA, refused(npy(NpyType.F32, List.of(2, 3), nan), I8));
  }

  @Test
  void unsignedBytesForAnotherTypeAreSamples() throws IOException {
    Path file = npy(NpyType.U8, List.of(2, 3), new byte[] {0, 1, 127, -128, -2, -1});
    assertArrayEquals(new byte[] {-128, -127, -1, 0, 126, 127}, InputFile.read(file, I8, Preprocessing.PLAIN));
    byte[] reals = InputFile.read(file, TensorType.f32(Shape.of(6)).withShape(Shape.of(2, 3)), Preprocessing.PLAIN);
    assertArrayEquals(TensorData.ofFloats(0, 1 / 255f, 127 / 255f, 128 / 255f, 254 / 255f, 1).toRaw(), reals);
  }

  @Test
  void picturesAreSamplesOfTheInputsType() throws IOException {
    Path file = resource("rgb.png");
    byte[] samples = PictureFile.decode(Files.readAllBytes(file)).samples();
    assertArrayEquals(samples, InputFile.read(file, U8, Preprocessing.PLAIN));
    byte[] bgr = InputFile.read(file, U8, new Preprocessing(List.of(), List.of(), true));
    assertEquals(samples[0], bgr[2]);
    assertEquals(samples[1], bgr[1]);
    TensorType real = TensorType.f32(Shape.of(1, 4, 6, 3));
    TensorData normalized = TensorData.ofRaw(ElementType.F32,
        InputFile.read(file, real, new Preprocessing(List.of(127.5), List.of(127.5), false)));
    assertEquals((float) (((samples[5] & 0xff) - 127.5) / 127.5), normalized.real(5));
  }

  @Test
  void meanAndDeviationPassThroughTheQuantisation() throws IOException {
    Path file = resource("rgb.png");
    byte[] plain = InputFile.read(file, U8, Preprocessing.PLAIN);
    byte[] same = InputFile.read(file, U8, new Preprocessing(List.of(128.0), List.of(128.0), false));
    assertArrayEquals(plain, same);
    Preprocessing four = new Preprocessing(List.of(1.0, 2.0, 3.0, 4.0), List.of(), false);
    assertThrows(DiagnosticException.class, () -> InputFile.read(file, U8, four));
  }

  @Test
  void oneChannelTakesLumaAndThreeTakeGreyThreeTimes() throws IOException {
    TensorType grey = TensorType.quantized(Shape.of(4, 6), ElementType.U8, 1, 0);
    assertArrayEquals(PictureFile.decode(Files.readAllBytes(resource("rgb.png"))).luma().samples(),
        InputFile.read(resource("rgb.png"), grey, Preprocessing.PLAIN));
    byte[] spread = InputFile.read(resource("grey.png"), U8, Preprocessing.PLAIN);
    assertEquals(spread[3], spread[5]);
  }

  @Test
  void filesThatAreNotThereOrOfAnotherKindAreDiagnostics() throws IOException {
    assertEquals(DiagnosticId.FILE_NOT_READ, refused(folder.resolve("none.npy"), I8));
    assertEquals(DiagnosticId.FILE_NOT_READ, refused(Files.createDirectory(folder.resolve("d.npy")), I8));
    assertEquals(DiagnosticId.UNKNOWN_FORMAT, refused(folder.resolve("x.gif"), I8));
    assertEquals(DiagnosticId.BAD_INPUT_DATA, refused(Files.writeString(folder.resolve("t.png"), "text"), I8));
  }

  @Test
  void outputsAreNumberedWhereThereAreSeveral() throws IOException {
    Path file = folder.resolve("new folder/out.v1.npy");
    OutputFile.write(file, List.of(ModelTensor.of(I8), ModelTensor.of(I8)), List.of(new byte[6], new byte[] {1, 2, 3, 4, 5, 6}));
    assertFalse(Files.exists(file));
    NpyArray second = InputFile.readArray(folder.resolve("new folder/out.v1.1.npy"));
    assertEquals(List.of(1, 2, 3, 1), second.shape());
    assertEquals(6, second.data()[5]);
    try (var files = Files.list(folder.resolve("new folder"))) {
      assertEquals(2, files.count());
    }
    assertTrue(assertThrows(DiagnosticException.class, () -> OutputFile.names(Path.of("a.txt"), 1)).getMessage()
        .contains("BW0504"));
  }

  @Test
  void channelsFirstFilesMeetAChannelsLastNetwork() throws IOException {
    ModelTensor tensor = new ModelTensor(TensorType.f32(Shape.of(1, 2, 1, 3)),
        View.ordered(List.of(1, 3, 2, 1), List.of(0, 2, 3, 1)));
    ByteBuffer own = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer network = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 6; i++) {
      own.putFloat(i);
      network.putFloat(i % 3 * 2 + i / 3);
    }
    Path raw = Files.write(folder.resolve("own.bin"), own.array());
    assertArrayEquals(network.array(), InputFile.read(raw, tensor, Preprocessing.PLAIN));
    Path array = npy(NpyType.F32, List.of(1, 3, 2, 1), own.array());
    assertArrayEquals(network.array(), InputFile.read(array, tensor, Preprocessing.PLAIN));
    Path samples = npy(NpyType.U8, List.of(3, 2), new byte[] {0, 51, 102, (byte) 153, (byte) 204, (byte) 255});
    byte[] scaled = InputFile.read(samples, tensor, Preprocessing.PLAIN);
    assertEquals(0.4f, ByteBuffer.wrap(scaled).order(ByteOrder.LITTLE_ENDIAN).getFloat(4));
    Path last = npy(NpyType.F32, List.of(1, 2, 1, 3), network.array());
    assertThrows(DiagnosticException.class, () -> InputFile.read(last, tensor, Preprocessing.PLAIN));
    OutputFile.write(folder.resolve("out.npy"), List.of(tensor), List.of(network.array()));
    NpyArray written = InputFile.readArray(folder.resolve("out.npy"));
    assertEquals(List.of(1, 3, 2, 1), written.shape());
    assertArrayEquals(own.array(), written.data());
  }
}
