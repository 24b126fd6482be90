package io.bitwright.frontend.onnx.proto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads contents of constants from files beside the model. A file outside of the model's folder is not opened, whatever
 * its path, and however symbolic links lead there.
 */
public final class ExternalData {
  private final Optional<Path> folder;

  /** Thrown with the reason where contents are not read. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * Files below some folder.
   *
   * @param folder  the model's; empty where the model is no file
   */
  public ExternalData(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * The contents of a tensor.
   *
   * @param entries  location, offset and length as the file gives them
   * @param bytes  how many the tensor's type and shape need
   * @throws RefusedException if they are not to be had
   */
  public byte[] read(Map<String, String> entries, long bytes) throws RefusedException {
    long offset = number(entries, "offset", 0);
    long length = number(entries, "length", bytes);
    if (length != bytes) {
      throw new RefusedException("its length is " + length + " bytes (the tensor needs " + bytes + ")");
    }
    Path file = confined(entries.getOrDefault("location", ""));
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      if (offset > channel.size() || length > channel.size() - offset) {
        throw new RefusedException("bytes " + offset + " to " + (offset + length) + " are not in '" + file.getFileName()
            + "' of " + channel.size() + " bytes");
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) length);
      channel.position(offset);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        continue;
      }
      if (buffer.hasRemaining()) {
        throw new RefusedException("'" + file.getFileName() + "' ended while it was read");
      }
      return buffer.array();
    } catch (IOException e) {
      throw new RefusedException("'" + file.getFileName() + "' cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private Path confined(String location) throws RefusedException {
    Path base = folder.orElseThrow(() -> new RefusedException("the model is no file of a folder"));
    try {
      Path relative = Path.of(location);
      boolean climbs = relative.isAbsolute() || location.isEmpty() || location.contains("\\");
      for (Path part : relative) {
        climbs |= part.toString().equals("..");
      }
      if (climbs) {
        throw new RefusedException("location '" + location + "' (must be a file in the model's folder)");
      }
      Path file = base.resolve(relative);
      if (!Files.isRegularFile(file)) {
        throw new RefusedException("there is no file '" + location + "' in the model's folder");
      }
      Path real = file.toRealPath();
      if (!real.startsWith(base.toRealPath())) {
        throw new RefusedException("location '" + location + "' leads out of the model's folder");
      }
      return real;
    } catch (InvalidPathException | IOException e) {
      throw new RefusedException("location '" + location + "' is no path of a file");
    }
  }

  private static long number(Map<String, String> entries, String key, long otherwise) throws RefusedException {
    String text = entries.get(key);
    if (text == null) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new RefusedException("its " + key + " is '" + text + "' (must be a number of bytes)");
    }
    throw new RefusedException("its " + key + " is " + text + " (must not be negative)");
  }
}
