package io.bitwright.frontend.tflite.schema;

import io.bitwright.frontend.flatbuffer.FlatBuffer;
import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.flatbuffer.FlatVector;
import io.bitwright.frontend.flatbuffer.MalformedBufferException;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.util.HashMap;
import java.util.Map;

/** A file whose identifier, version and number of subgraphs are right: its one subgraph, operator codes and buffers. */
public final class TfliteFile {
  /** Bytes 4 to 7 of every file. */
  public static final String IDENTIFIER = "TFL3";

  /** Of the schema. */
  public static final int VERSION = 3;
  private static final int CUSTOM = OperatorNames.code("CUSTOM");

  private final String fileName;
  private final FlatVector operatorCodes;
  private final FlatVector buffers;
  private final FlatTable subgraph;
  private final long sizeBytes;
  private final Map<Integer, OperatorCode> decodedCodes = new HashMap<>();

  /**
   * What an operator is.
   *
   * @param code  number in the schema's enumeration
   * @param name  the enumeration's name, for custom operators with their own
   */
  public record OperatorCode(int code, String name) {}

  private TfliteFile(String fileName, FlatTable model, long sizeBytes) {
    this.fileName = fileName;
    this.sizeBytes = sizeBytes;
    this.operatorCodes = model.vector(Slots.MODEL_OPERATOR_CODES, 4);
    this.buffers = model.vector(Slots.MODEL_BUFFERS, 4);
    this.subgraph = onlySubgraph(fileName, model.vector(Slots.MODEL_SUBGRAPHS, 4));
  }

  /**
   * Checks the outermost tables.
   *
   * @throws DiagnosticException if the file is none of TFLite's, of another version, or has several subgraphs
   * @throws MalformedBufferException if an offset leads outside of it
   */
  public static TfliteFile open(byte[] bytes, String fileName) {
    SourceLocation place = SourceLocation.ofNode(fileName, "");
    FlatBuffer buffer = new FlatBuffer(bytes);
    if (bytes.length > Limits.FILE_BYTES) {
      throw DiagnosticException.of(DiagnosticId.TOO_LARGE, place, "the file", bytes.length, Limits.FILE_BYTES);
    }
    if (!buffer.hasIdentifier(IDENTIFIER)) {
      throw DiagnosticException.of(DiagnosticId.NOT_TFLITE, place, "bytes 4 to 7 are not '" + IDENTIFIER + "'");
    }
    FlatTable model = buffer.root();
    long version = model.u32(Slots.MODEL_VERSION, 0);
    if (version != VERSION) {
      throw DiagnosticException.of(DiagnosticId.UNSUPPORTED_VERSION, place, version, VERSION);
    }
    return new TfliteFile(fileName, model, bytes.length);
  }

  private static FlatTable onlySubgraph(String fileName, FlatVector subgraphs) {
    if (subgraphs.count() != 1) {
      throw DiagnosticException.of(
          DiagnosticId.SEVERAL_SUBGRAPHS, SourceLocation.ofNode(fileName, ""), subgraphs.count());
    }
    return subgraphs.table(0);
  }

  /** As the user named it. */
  public String fileName() {
    return fileName;
  }

  public long sizeBytes() {
    return sizeBytes;
  }

  /** The only subgraph. */
  public FlatTable subgraph() {
    return subgraph;
  }

  /** What the operator is. Old files know the first of the two number fields only, new ones may set both. */
  public OperatorCode operatorCode(FlatTable operator) {
    int index = (int) Math.min(operator.u32(Slots.OPERATOR_CODE, 0), Integer.MAX_VALUE);
    return decodedCodes.computeIfAbsent(index, this::decodeCode);
  }

  private OperatorCode decodeCode(int index) {
    FlatTable entry = operatorCodes.table(index);
    int code = Math.max(entry.i8(Slots.CODE_DEPRECATED_BUILTIN, 0), entry.i32(Slots.CODE_BUILTIN, 0));
    String name = OperatorNames.name(code);
    return new OperatorCode(code, code == CUSTOM ? name + " '" + entry.text(Slots.CODE_CUSTOM) + "'" : name);
  }

  /**
   * A buffer's bytes, of which there are none for tensors computed at run time.
   *
   * @param place  the tensor that asks
   */
  FlatVector data(long index, SourceLocation place) {
    if (index >= buffers.count()) {
      throw DiagnosticException.of(DiagnosticId.MALFORMED_FILE, place,
          "buffer " + index + " does not exist (there are " + buffers.count() + ")");
    }
    FlatTable buffer = buffers.table((int) index);
    long offset = buffer.i64(Slots.BUFFER_OFFSET, 0);
    long size = buffer.i64(Slots.BUFFER_SIZE, 0);
    if (Long.compareUnsigned(offset, 1) > 0 || Long.compareUnsigned(size, 1) > 0) {
      throw DiagnosticException.of(DiagnosticId.TOO_LARGE, place,
          "buffer " + index, "kept behind the FlatBuffer as in files above 2 GB", Limits.FILE_BYTES + " bytes of file");
    }
    return buffer.vector(Slots.BUFFER_DATA, 1);
  }
}
