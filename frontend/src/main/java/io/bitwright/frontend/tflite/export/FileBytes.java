package io.bitwright.frontend.tflite.export;

import com.google.flatbuffers.FlatBufferBuilder;
import io.bitwright.frontend.tflite.schema.ElementCodes;
import io.bitwright.frontend.tflite.schema.Slots;
import io.bitwright.frontend.tflite.schema.TfliteFile;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.TensorData;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Lays the contents of a file out as a FlatBuffer. The same contents always give the same bytes. */
final class FileBytes {
  /** More slots than any table that is written has. */
  private static final int SLOTS = 10;

  /** Buffers begin at multiples of this, so that kernels may read them in place. */
  private static final int BUFFER_ALIGNMENT = 16;

  /** Readers before the enumeration had numbers above this look at another field. */
  private static final int LAST_OLD_CODE = 127;
  private static final String SIGNATURE = "serving_default";

  private final FlatBufferBuilder builder;
  private final FileContents file;
  private final Metadata metadata;

  private FileBytes(FileContents file, Metadata metadata) {
    this.file = file;
    this.metadata = metadata;
    this.builder = new FlatBufferBuilder();
    // Defaults differ from field to field; written out, none need be known.
    builder.forceDefaults(true);
  }

  /** The bytes of a file. */
  static byte[] of(FileContents file, Metadata metadata, List<Integer> inputs, List<Integer> outputs) {
    FileBytes bytes = new FileBytes(file, metadata);
    bytes.builder.finish(bytes.model(inputs, outputs), TfliteFile.IDENTIFIER);
    return bytes.builder.sizedByteArray();
  }

  private int model(List<Integer> inputs, List<Integer> outputs) {
    List<TensorData> contents = file.buffers();
    List<Integer> buffers = new ArrayList<>(List.of(table(() -> { })));
    contents.forEach(data -> buffers.add(buffer(data.toRaw())));
    List<Integer> entries = new ArrayList<>();
    metadata.entries().forEach((name, text) -> {
      buffers.add(buffer(text.getBytes(StandardCharsets.UTF_8)));
      entries.add(entry(name, buffers.size() - 1));
    });
    int codes = vector(file.codes().stream().map(this::code).toList());
    int subgraphs = vector(List.of(subgraph(inputs, outputs)));
    int signatures = vector(List.of(signature(inputs, outputs)));
    int description = text(metadata.description());
    int bufferVector = vector(buffers);
    int metadataVector = vector(entries);
    return table(() -> {
      builder.addInt(Slots.MODEL_VERSION, TfliteFile.VERSION, 0);
      builder.addOffset(Slots.MODEL_OPERATOR_CODES, codes, 0);
      builder.addOffset(Slots.MODEL_SUBGRAPHS, subgraphs, 0);
      builder.addOffset(Slots.MODEL_DESCRIPTION, description, 0);
      builder.addOffset(Slots.MODEL_BUFFERS, bufferVector, 0);
      builder.addOffset(Slots.MODEL_METADATA, metadataVector, 0);
      builder.addOffset(Slots.MODEL_SIGNATURES, signatures, 0);
    });
  }

  private int buffer(byte[] contents) {
    builder.createUnintializedVector(1, contents.length, BUFFER_ALIGNMENT).put(contents);
    int data = builder.endVector();
    return table(() -> builder.addOffset(Slots.BUFFER_DATA, data, 0));
  }

  private int entry(String name, int buffer) {
    int text = text(name);
    return table(() -> {
      builder.addOffset(Slots.METADATA_NAME, text, 0);
      builder.addInt(Slots.METADATA_BUFFER, buffer, 0);
    });
  }

  private int code(FileContents.Code code) {
    return table(() -> {
      builder.addByte(Slots.CODE_DEPRECATED_BUILTIN, (byte) Math.min(code.number(), LAST_OLD_CODE), 0);
      builder.addInt(Slots.CODE_VERSION, code.version(), 0);
      builder.addInt(Slots.CODE_BUILTIN, code.number(), 0);
    });
  }

  private int subgraph(List<Integer> inputs, List<Integer> outputs) {
    int tensors = vector(file.tensors().stream().map(this::tensor).toList());
    int operators = vector(file.operators().stream().map(this::operator).toList());
    int inputVector = numbers(inputs);
    int outputVector = numbers(outputs);
    int name = text("main");
    return table(() -> {
      builder.addOffset(Slots.SUBGRAPH_TENSORS, tensors, 0);
      builder.addOffset(Slots.SUBGRAPH_INPUTS, inputVector, 0);
      builder.addOffset(Slots.SUBGRAPH_OUTPUTS, outputVector, 0);
      builder.addOffset(Slots.SUBGRAPH_OPERATORS, operators, 0);
      builder.addOffset(Slots.SUBGRAPH_NAME, name, 0);
    });
  }

  private int tensor(FileContents.Tensor tensor) {
    int shape = numbers(tensor.type().shape().dims());
    int name = text(tensor.name());
    int quantization = quantization(tensor.type().quantization());
    return table(() -> {
      builder.addOffset(Slots.TENSOR_SHAPE, shape, 0);
      builder.addByte(Slots.TENSOR_TYPE, (byte) ElementCodes.number(tensor.type().element()), 0);
      builder.addInt(Slots.TENSOR_BUFFER, tensor.buffer(), 0);
      builder.addOffset(Slots.TENSOR_NAME, name, 0);
      builder.addOffset(Slots.TENSOR_QUANTIZATION, quantization, 0);
    });
  }

  private int quantization(Quantization quantization) {
    if (quantization instanceof Quantization.PerTensor whole) {
      return quantization(List.of(whole.scale()), whole.zeroPoint(), 0);
    }
    return quantization instanceof Quantization.PerAxis axis
        ? quantization(axis.scales(), 0, axis.axis()) : table(() -> { });
  }

  private int quantization(List<Float> scales, int zeroPoint, int dimension) {
    builder.startVector(4, scales.size(), 4);
    reversed(scales, builder::addFloat);
    int scaleVector = builder.endVector();
    builder.startVector(8, scales.size(), 8);
    scales.forEach(s -> builder.addLong(zeroPoint));
    int zeroPoints = builder.endVector();
    return table(() -> {
      builder.addOffset(Slots.QUANTIZATION_SCALE, scaleVector, 0);
      builder.addOffset(Slots.QUANTIZATION_ZERO_POINT, zeroPoints, 0);
      builder.addInt(Slots.QUANTIZATION_DIMENSION, dimension, 0);
    });
  }

  private int operator(FileContents.Operator operator) {
    int inputs = numbers(operator.inputs());
    int outputs = numbers(List.of(operator.output()));
    Options options = operator.options();
    int optionTable = options.type() == Options.NONE.type() ? 0 : options.write(builder, SLOTS);
    return table(() -> {
      builder.addInt(Slots.OPERATOR_CODE, operator.code(), 0);
      builder.addOffset(Slots.OPERATOR_INPUTS, inputs, 0);
      builder.addOffset(Slots.OPERATOR_OUTPUTS, outputs, 0);
      if (optionTable != 0) {
        builder.addByte(Slots.OPERATOR_OPTIONS_TYPE, (byte) options.type(), 0);
        builder.addOffset(Slots.OPERATOR_OPTIONS, optionTable, 0);
      }
    });
  }

  private int signature(List<Integer> inputs, List<Integer> outputs) {
    int inputVector = vector(signatureTensors(inputs));
    int outputVector = vector(signatureTensors(outputs));
    int key = text(SIGNATURE);
    return table(() -> {
      builder.addOffset(Slots.SIGNATURE_INPUTS, inputVector, 0);
      builder.addOffset(Slots.SIGNATURE_OUTPUTS, outputVector, 0);
      builder.addOffset(Slots.SIGNATURE_KEY, key, 0);
      builder.addInt(Slots.SIGNATURE_SUBGRAPH, 0, 0);
    });
  }

  /** Each tensor once, by its name. */
  private List<Integer> signatureTensors(List<Integer> tensors) {
    return tensors.stream().distinct().map(tensor -> {
      int name = text(file.tensor(tensor).name());
      return table(() -> {
        builder.addOffset(Slots.SIGNATURE_TENSOR_NAME, name, 0);
        builder.addInt(Slots.SIGNATURE_TENSOR_INDEX, tensor, 0);
      });
    }).toList();
  }

  private int table(Runnable fields) {
    builder.startTable(SLOTS);
    fields.run();
    return builder.endTable();
  }

  /** Text that is no Unicode becomes question marks. */
  private int text(String text) {
    return builder.createString(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private int vector(List<Integer> offsets) {
    builder.startVector(4, offsets.size(), 4);
    reversed(offsets, builder::addOffset);
    return builder.endVector();
  }

  private int numbers(List<Integer> values) {
    builder.startVector(4, values.size(), 4);
    reversed(values, builder::addInt);
    return builder.endVector();
  }

  /** A FlatBuffer grows from its end. */
  private static <T> void reversed(List<T> values, Consumer<T> add) {
    for (int i = values.size() - 1; i >= 0; i--) {
      add.accept(values.get(i));
    }
  }
}
