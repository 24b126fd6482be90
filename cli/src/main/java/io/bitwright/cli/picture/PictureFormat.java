package io.bitwright.cli.picture;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a picture can be written as. */
public enum PictureFormat {
  /** Drawn here. */
  SVG {
    @Override
    String text(NetworkPicture picture) {
      return SvgText.of(picture, LayeredLayout.of(picture));
    }
  },
  /** Graphviz's language. */
  DOT {
    @Override
    String text(NetworkPicture picture) {
      return DotText.of(picture);
    }
  };

  abstract String text(NetworkPicture picture);

  /** Of a file by the ending of its name. */
  public static Optional<PictureFormat> of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(f -> name.endsWith('.' + f.extension())).findFirst();
  }

  public static List<String> extensions() {
    return Arrays.stream(values()).map(PictureFormat::extension).toList();
  }

  private String extension() {
    return name().toLowerCase(Locale.ROOT);
  }
}
