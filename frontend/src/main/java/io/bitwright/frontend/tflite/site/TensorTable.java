package io.bitwright.frontend.tflite.site;

import io.bitwright.frontend.flatbuffer.FlatVector;
import io.bitwright.frontend.flatbuffer.MalformedBufferException;
import io.bitwright.frontend.tflite.schema.FileTensor;
import io.bitwright.frontend.tflite.schema.Limits;
import io.bitwright.frontend.tflite.schema.TfliteFile;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The tensors of a subgraph, each read when first asked for and then kept.
 *
 * <p>What is wrong with a tensor is reported once: asking again throws an exception without findings.
 */
public final class TensorTable {
  private final TfliteFile file;
  private final FlatVector tables;
  private final Map<Integer, String> names = new HashMap<>();
  private final Map<Integer, FileTensor> tensors = new HashMap<>();
  private final Map<Use, TensorType> types = new HashMap<>();
  private final Map<Use, Node> constants = new HashMap<>();
  private final ConstantPool pool = new ConstantPool();
  private final Set<Integer> reported = new HashSet<>();

  /** What a tensor is used as; an axis from 0 on means weights. */
  private record Use(int tensor, int axis) {
    private static final int FEATURE = -1;
    private static final int PLAIN = -2;
  }

  /**
   * All tensors of the file's subgraph.
   *
   * @param tables  the subgraph's vector of tensors
   * @throws DiagnosticException if they are absurdly many
   */
  public TensorTable(TfliteFile file, FlatVector tables) {
    this.file = file;
    this.tables = tables;
    if (tables.count() > Limits.TENSORS) {
      throw DiagnosticException.of(DiagnosticId.TOO_LARGE, SourceLocation.ofNode(file.fileName(), ""),
          "the number of tensors", tables.count(), Limits.TENSORS);
    }
  }

  public int count() {
    return tables.count();
  }

  /** The tensor's name, or its number where it has none. */
  public String name(int tensor) {
    String known = names.get(tensor);
    if (known == null) {
      String text = FileTensor.name(tables.table(tensor));
      known = text.isEmpty() ? "tensor_" + tensor : text;
      names.put(tensor, known);
    }
    return known;
  }

  public SourceLocation location(int tensor) {
    return SourceLocation.ofNode(file.fileName(), name(tensor));
  }

  /**
   * The tensor as declared.
   *
   * @throws DiagnosticException if no operator can take it
   * @throws MalformedBufferException if its table leads outside of the file
   */
  public FileTensor get(int tensor) {
    FileTensor known = tensors.get(tensor);
    if (known == null) {
      known = onceReported(tensor, () -> FileTensor.read(file, tables.table(tensor), name(tensor)));
      tensors.put(tensor, known);
    }
    return known;
  }

  /** A float16 tensor as the bits of its elements; empty for any other. */
  Optional<FileTensor> half(int tensor) {
    if (!FileTensor.isHalf(tables.table(tensor))) {
      return Optional.empty();
    }
    return Optional.of(onceReported(tensor, () -> FileTensor.readHalf(file, tables.table(tensor), name(tensor))));
  }

  /** The contents of a constant as the file has them. */
  TensorData contents(FileTensor tensor) {
    return pool.of(tensor);
  }

  /** Size of the file. */
  long fileBytes() {
    return file.sizeBytes();
  }

  /** Whether the file has the tensor's contents. */
  public boolean hasData(int tensor) {
    return FileTensor.data(file, tables.table(tensor), location(tensor)).count() != 0;
  }

  private <T> T onceReported(int tensor, Supplier<T> read) {
    try {
      return read.get();
    } catch (DiagnosticException e) {
      throw reported.add(tensor) ? e : OperatorSite.alreadyReported();
    }
  }

  /** Type as weights whose output channels are the indices of {@code axis}. */
  TensorType weights(int tensor, int axis) {
    return type(new Use(tensor, axis));
  }

  /** Type as a feature map. */
  public TensorType feature(int tensor) {
    return type(new Use(tensor, Use.FEATURE));
  }

  /** Type as a bias, shape or list of axes. */
  public TensorType plain(int tensor) {
    return type(new Use(tensor, Use.PLAIN));
  }

  private TensorType type(Use use) {
    TensorType known = types.get(use);
    if (known == null) {
      QuantizationReader reader = new QuantizationReader(get(use.tensor));
      known = onceReported(use.tensor, () -> switch (use.axis) {
        case Use.FEATURE -> reader.feature();
        case Use.PLAIN -> reader.plain();
        default -> reader.weights(use.axis);
      });
      types.put(use, known);
    }
    return known;
  }

  /** The constant as a feature map. */
  Node featureConstant(int tensor) {
    return constant(new Use(tensor, Use.FEATURE));
  }

  /** The constant as weights whose output channels are the indices of {@code axis}. */
  Node weightsConstant(int tensor, int axis) {
    return constant(new Use(tensor, axis));
  }

  /** The constant as a bias, shape or list of axes. */
  Node plainConstant(int tensor) {
    return constant(new Use(tensor, Use.PLAIN));
  }

  private Node constant(Use use) {
    Node known = constants.get(use);
    if (known == null) {
      FileTensor tensor = get(use.tensor);
      Op op = new Op.Constant(tensor.name(), onceReported(use.tensor, () -> pool.of(tensor)));
      known = new Node(op, List.of(), type(use), tensor.name(), tensor.location(), List.of());
      constants.put(use, known);
    }
    return known;
  }
}
