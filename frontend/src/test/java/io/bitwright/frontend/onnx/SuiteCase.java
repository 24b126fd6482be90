package io.bitwright.frontend.onnx;

import io.bitwright.frontend.onnx.proto.DataType;
import io.bitwright.frontend.onnx.proto.ExternalData;
import io.bitwright.frontend.onnx.proto.ModelMessage;
import io.bitwright.frontend.onnx.proto.TensorMessage;
import io.bitwright.frontend.onnx.proto.ValueMessage;
import io.bitwright.frontend.onnx.site.ConstantTable;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphVerifier;
import io.bitwright.ir.type.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A case of the ONNX backend test suite. The suite feeds weights, shapes and limits as inputs; they are constants here
 * where the importer needs them so, the first operand stays an input.
 */
record SuiteCase(String name, Path folder) {
  private static final SourceLocation NOWHERE = SourceLocation.NONE;

  /** A graph, what to feed it, and what it gives. */
  record Loaded(Graph graph, List<Array> inputs, List<Array> outputs) {}

  Loaded load() throws IOException {
    ModelMessage model = ModelMessage.read(Files.readAllBytes(folder.resolve("model.onnx")));
    List<ValueMessage> declared = model.graph().orElseThrow().inputs();
    List<Array> inputs = arrays("input_", declared);
    List<Array> outputs = arrays("output_", model.graph().orElseThrow().outputs());
    DiagnosticException first = null;
    for (Fed fed : Fed.values()) {
      try {
        return load(inputs, outputs, fed);
      } catch (DiagnosticException e) {
        first = first == null ? e : first;
      }
    }
    throw first;
  }

  /** Which inputs of the case are fed; the others are constants. */
  private enum Fed {
    REALS,
    REALS_BUT_WEIGHTS,
    FIRST_REAL,
    FIRST;

    boolean feeds(Array input, int before) {
      return switch (this) {
        case REALS -> input.type() == DataType.FLOAT;
        case REALS_BUT_WEIGHTS -> input.type() == DataType.FLOAT && !WEIGHTS.contains(input.name());
        case FIRST_REAL -> input.type() == DataType.FLOAT && before == 0;
        case FIRST -> FEEDABLE.contains(input.type()) && before == 0;
      };
    }
  }

  private static final Set<String> WEIGHTS = Set.of("weight", "bias");
  private static final Set<DataType> FEEDABLE =
      Set.of(DataType.FLOAT, DataType.INT8, DataType.UINT8, DataType.INT32);

  private Loaded load(List<Array> inputs, List<Array> outputs, Fed which) throws IOException {
    Map<String, Array> constants = new LinkedHashMap<>();
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    List<Array> fed = new ArrayList<>();
    for (Array input : inputs) {
      if (which.feeds(input, fed.size())) {
        fed.add(input);
        shapes.put(input.name(), input.dims());
      } else {
        constants.put(input.name(), input);
      }
    }
    Graph graph = OnnxImporter.parse(Files.readAllBytes(folder.resolve("model.onnx")), name + ".onnx",
        new ExternalData(Optional.of(folder)), new ImportOptions(shapes, constants));
    GraphVerifier.requireValid(graph);
    return new Loaded(graph, fed, outputs);
  }

  private List<Array> arrays(String prefix, List<ValueMessage> declared) throws IOException {
    List<Array> arrays = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      Path file = folder.resolve("test_data_set_0").resolve(prefix + i + ".pb");
      if (Files.exists(file)) {
        TensorMessage tensor = TensorMessage.read(Files.readAllBytes(file));
        arrays.add(new ConstantTable(new ExternalData(Optional.empty()))
            .decode(tensor, declared.get(i).name(), NOWHERE));
      }
    }
    return arrays;
  }

  /** Whether every output was computed at import; compares to the bit but for reals. */
  Optional<List<Array>> known() throws IOException {
    ModelMessage model = ModelMessage.read(Files.readAllBytes(folder.resolve("model.onnx")));
    List<Array> inputs = arrays("input_", model.graph().orElseThrow().inputs());
    Map<String, Array> constants = new LinkedHashMap<>();
    inputs.forEach(i -> constants.put(i.name(), i));
    try {
      return Optional.of(new GraphImport(model, name, new ExternalData(Optional.empty()),
          new ImportOptions(Map.of(), constants), new Diagnostics()).known());
    } catch (DiagnosticException | ClassCastException e) {
      return Optional.empty();
    }
  }

  List<Array> expected() throws IOException {
    ModelMessage model = ModelMessage.read(Files.readAllBytes(folder.resolve("model.onnx")));
    return arrays("output_", model.graph().orElseThrow().outputs());
  }

  static boolean isReal(Array array) {
    return array.data().element() == ElementType.F32;
  }
}
