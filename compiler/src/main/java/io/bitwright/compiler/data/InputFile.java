package io.bitwright.compiler.data;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a network's input from a file: .npy, .bin, or a picture. The result is raw: little-endian elements as the model
 * types them.
 */
public final class InputFile {
  private static final Set<String> PICTURES = Set.of("png", "jpg", "jpeg", "bmp");
  private static final long LARGEST = 1L << 30;
  /** For messages. */
  private static final String KNOWN = ".npy, .bin, .png, .jpg, .bmp";

  private InputFile() {}

  /** Whether the file's name has an extension that {@link #read} takes. */
  public static boolean isKnown(Path file) {
    String extension = extension(file);
    return extension.equals("npy") || extension.equals("bin") || PICTURES.contains(extension);
  }

  /**
   * Reads one input.
   *
   * @throws DiagnosticException if the file cannot be read or does not hold what the input takes
   */
  public static byte[] read(Path file, TensorType type, Preprocessing preprocessing) {
    return read(file, ModelTensor.of(type), preprocessing);
  }

  /**
   * Reads one input. Arrays and raw elements are in the model's own order, the result is in the compiled network's.
   *
   * @throws DiagnosticException if the file cannot be read or does not hold what the input takes
   */
  public static byte[] read(Path file, ModelTensor tensor, Preprocessing preprocessing) {
    String extension = extension(file);
    if (!isKnown(file)) {
      throw DiagnosticException.of(DiagnosticId.UNKNOWN_FORMAT, SourceLocation.NONE, file, KNOWN);
    }
    byte[] bytes = bytes(file);
    try {
      return switch (extension) {
        case "bin" -> tensor.toNetwork(raw(bytes, tensor.ownType()));
        case "npy" -> tensor.converted(array(Npy.read(bytes), tensor.ofFile(), preprocessing));
        default -> tensor.converted(picture(PictureFile.decode(bytes), tensor.ofFile().type(), preprocessing));
      };
    } catch (MalformedDataException e) {
      throw DiagnosticException.of(DiagnosticId.BAD_INPUT_DATA, SourceLocation.NONE, file, e.getMessage());
    }
  }

  /**
   * An array as one input.
   *
   * @param file  where it comes from, for the diagnostic
   * @throws DiagnosticException if it is not what the input takes
   */
  static byte[] convert(Path file, NpyArray array, ModelTensor tensor, Preprocessing preprocessing) {
    try {
      return tensor.converted(array(array, tensor.ofFile(), preprocessing));
    } catch (MalformedDataException e) {
      throw DiagnosticException.of(DiagnosticId.BAD_INPUT_DATA, SourceLocation.NONE, file, e.getMessage());
    }
  }

  /**
   * Reads an array with its own type and shape.
   *
   * @throws DiagnosticException if the file is no array
   */
  public static NpyArray readArray(Path file) {
    try {
      return Npy.read(bytes(file));
    } catch (MalformedDataException e) {
      throw DiagnosticException.of(DiagnosticId.BAD_INPUT_DATA, SourceLocation.NONE, file, e.getMessage());
    }
  }

  /** In lower case, without the dot. */
  static String extension(Path file) {
    String name = file.toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static byte[] bytes(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new IOException(Files.exists(file) ? "not a regular file" : "no such file");
      }
      if (Files.size(file) > LARGEST) {
        throw DiagnosticException.of(DiagnosticId.TOO_LARGE, SourceLocation.NONE, file, Files.size(file), LARGEST);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw DiagnosticException.of(DiagnosticId.FILE_NOT_READ, SourceLocation.NONE, file, e.getMessage());
    }
  }

  private static byte[] raw(byte[] bytes, TensorType type) {
    if (bytes.length != type.sizeBytes()) {
      throw new MalformedDataException(
          bytes.length + " bytes, the network takes " + type.sizeBytes() + " (" + words(type) + ")");
    }
    return bytes;
  }

  /** Same elements as they are; reals to codes; uint8 for another 8-bit or f32 input are a picture's samples. */
  private static byte[] array(NpyArray own, ModelTensor tensor, Preprocessing preprocessing) {
    if (!withoutOnes(own.shape()).equals(withoutOnes(tensor.view().shape()))) {
      throw new MalformedDataException("shape " + join(own.shape()) + ", the network takes " + words(tensor.ownType()));
    }
    TensorType type = tensor.type();
    NpyArray array = tensor.view().isNatural() ? own : new NpyArray(own.type(), type.shape().dims(),
        tensor.view().toMemory(own.data(), own.type().sizeBytes()));
    if (array.type() == NpyType.of(type.element()) && (preprocessing.isPlain() || array.type() != NpyType.U8)) {
      return array.data();
    }
    return switch (array.type()) {
      case F32, F64 -> Samples.ofReals(array, type);
      case U8 -> Samples.ofPixels(array.data(), channels(type), type, preprocessing);
      case I8, I16, I32, I64 -> throw new MalformedDataException(
          "elements of type " + array.type().descr() + ", the network takes " + words(type));
    };
  }

  private static byte[] picture(Picture picture, TensorType type, Preprocessing preprocessing) {
    List<Integer> shape = type.shape().dims();
    int rank = shape.size();
    int channels = channels(type);
    if (rank < 2 || rank > 4 || (rank == 4 && shape.get(0) != 1) || (channels != 1 && channels != 3)) {
      throw new MalformedDataException("a picture, the network takes " + words(type));
    }
    int height = rank == 2 ? shape.get(0) : shape.get(rank - 3);
    int width = rank == 2 ? shape.get(1) : shape.get(rank - 2);
    Picture coloured = channels == 1 ? picture.luma() : picture.channels() == 1 ? spread(picture) : picture;
    Picture sized = TriangleResize.resize(coloured, width, height);
    Picture ordered = preprocessing.bgr() ? sized.reversedChannels() : sized;
    return Samples.ofPixels(ordered.samples(), channels, type, preprocessing);
  }

  /** Grey as three equal channels. */
  private static Picture spread(Picture grey) {
    byte[] samples = new byte[Math.multiplyExact(grey.samples().length, 3)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = grey.samples()[i / 3];
    }
    return new Picture(grey.width(), grey.height(), 3, samples);
  }

  private static int channels(TensorType type) {
    Shape shape = type.shape();
    return shape.rank() < 3 ? 1 : shape.dim(-1);
  }

  private static List<Integer> withoutOnes(List<Integer> shape) {
    return shape.stream().filter(d -> d != 1).toList();
  }

  private static String words(TensorType type) {
    return type.element().text() + " " + (type.shape().rank() == 0 ? "scalar" : type.shape());
  }

  private static String join(List<Integer> shape) {
    return shape.isEmpty() ? "()" : String.join("x", shape.stream().map(String::valueOf).toList());
  }

  /** Whether an input of this type can be fed from a picture's samples. */
  static boolean takesSamples(ElementType element) {
    return element.is8Bit() || element == ElementType.I16 || element == ElementType.F32;
  }
}
