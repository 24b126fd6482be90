package io.bitwright.frontend.language.build;

import io.bitwright.frontend.language.build.StoredWeights.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Reads the float32 arrays of a NumPy archive: a zip of {@code .npy} files in C order. */
final class NumpyArchive {
  private static final Pattern HEADER = Pattern.compile(
      "\\{'descr': '<f4', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\), \\}\\s*");
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int SHORT_PREFIX = 10;
  private static final int LONG_PREFIX = 12;

  private NumpyArchive() {}

  static Map<String, Tensor> read(byte[] bytes) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName().replaceAll("\\.npy$", "");
        tensors.put(name, array(name, zip.readAllBytes()));
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw new MalformedWeightsException("the archive is damaged");
    }
    if (tensors.isEmpty()) {
      throw new MalformedWeightsException("the archive holds no array");
    }
    return tensors;
  }

  private static Tensor array(String name, byte[] bytes) throws MalformedWeightsException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean known = bytes.length >= LONG_PREFIX && buffer.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    int prefix = known && bytes[MAGIC.length] > 1 ? LONG_PREFIX : SHORT_PREFIX;
    long length = !known ? -1 : prefix == SHORT_PREFIX ? buffer.getShort(MAGIC.length + 2) & 0xffff
        : buffer.getInt(MAGIC.length + 2);
    if (length < 0 || length > bytes.length - prefix) {
      throw new MalformedWeightsException("array '" + name + "' has no NumPy header");
    }
    String header = new String(bytes, prefix, (int) length, StandardCharsets.ISO_8859_1);
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      throw new MalformedWeightsException("array '" + name + "' must be float32 in C order, is " + header.strip());
    }
    List<Long> dims = new ArrayList<>();
    for (String dim : matcher.group(1).split(",")) {
      if (!dim.isBlank()) {
        dims.add(dim.strip().length() > LONG_PREFIX ? Long.MAX_VALUE : Long.parseLong(dim.strip()));
      }
    }
    int start = prefix + (int) length;
    float[] values = new float[(bytes.length - start) / Float.BYTES];
    MalformedWeightsException.requireElements(name, dims, values.length);
    buffer.position(start).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return new Tensor(dims, values);
  }
}
