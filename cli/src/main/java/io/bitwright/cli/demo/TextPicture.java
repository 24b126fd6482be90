package io.bitwright.cli.demo;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A string drawn as PP-OCR cuts lines out of a page: about as high as the picture, squeezed where it is too long.
 *
 * @param rgb  {@link #HEIGHT} rows of {@link #WIDTH} pixels
 */
record TextPicture(String text, int[] rgb) {
  static final int WIDTH = 192;
  static final int HEIGHT = 48;

  private static final int MARGIN = 6;
  private static final List<String> FONTS = List.of(Font.SANS_SERIF, Font.SERIF, Font.MONOSPACED);
  private static final String SHADES = "@%#*+=-:. ";
  private static final List<String> WORDS = List.of((
      "Account Address Amount Balance Bakery Bridge Building Camera Castle Century Chapter Coffee Company "
      + "Computer Customer Danger Delivery Dinner Doctor Energy Engine Entrance Express Factory Flight Garden "
      + "Gallery Harbour Hospital Invoice Island Journey Kitchen Library Machine Market Message Minutes Mountain "
      + "Museum Network Number October Office Parking Passenger Pharmacy Platform Police Printer Product Quality "
      + "Railway Receipt Restaurant Saturday School Service Station Street Summer Theatre Ticket Total Traffic "
      + "Village Warning Weather Window Winter").split(" "));

  /**
   * A word, a word and a number or two words, in some font, dark on light.
   *
   * @throws DiagnosticException if this Java cannot draw text
   */
  static TextPicture seeded(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String word = WORDS.get(random.nextInt(WORDS.size()));
    String first = random.nextInt(3) == 0 ? word.toUpperCase(Locale.ROOT) : word;
    String text = switch (random.nextInt(3)) {
      case 0 -> first;
      case 1 -> first + " " + random.nextInt(10, 1000);
      default -> first + " " + WORDS.get(random.nextInt(WORDS.size())).toLowerCase(Locale.ROOT);
    };
    try {
      return drawn(text, random);
    } catch (LinkageError | InternalError | RuntimeException e) { // what Java throws where it finds no fonts
      throw DiagnosticException.of(DiagnosticId.TOOL_MISSING, SourceLocation.NONE, "a font that Java can draw with",
          "apt install fonts-dejavu-core libfontconfig1 libfreetype6 libharfbuzz0b");
    }
  }

  private static TextPicture drawn(String text, SplittableRandom random) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    int light = random.nextInt(200, 256);
    g.setColor(new Color(light, light - random.nextInt(20), light - random.nextInt(20)));
    g.fillRect(0, 0, WIDTH, HEIGHT);
    int style = random.nextInt(2) == 0 ? Font.PLAIN : Font.BOLD;
    Font font = new Font(FONTS.get(random.nextInt(FONTS.size())), style, HEIGHT);
    GlyphVector glyphs = font.createGlyphVector(new FontRenderContext(null, true, true), text);
    Rectangle2D box = glyphs.getVisualBounds();
    double high = random.nextInt(HEIGHT * 2 / 3, HEIGHT * 4 / 5) / box.getHeight();
    double wide = Math.min(high, (WIDTH - 2 * MARGIN) / box.getWidth());
    int dark = random.nextInt(80);
    g.setColor(new Color(dark, dark, dark));
    g.translate(WIDTH / 2, HEIGHT / 2);
    g.scale(wide, high);
    g.translate(-box.getCenterX(), -box.getCenterY());
    g.fill(glyphs.getOutline());
    g.dispose();
    return new TextPicture(text, image.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH));
  }

  TextPicture upsideDown() {
    int[] turned = new int[rgb.length];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = rgb[rgb.length - 1 - i];
    }
    return new TextPicture(text, turned);
  }

  /** Blue, green, red, each a plane of rows, as f32: (p / 255 - 0.5) / 0.5 of a sample p. */
  byte[] input() {
    ByteBuffer planes = ByteBuffer.allocate(Float.BYTES * 3 * rgb.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int shift = 0; shift <= 16; shift += 8) {
      for (int pixel : rgb) {
        planes.putFloat(((pixel >> shift & 0xff) / 255f - 0.5f) / 0.5f);
      }
    }
    return planes.array();
  }

  /** The picture in characters, {@code across} by {@code down} pixels each, without empty lines. */
  List<String> art(int across, int down) {
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < HEIGHT; y += down) {
      StringBuilder line = new StringBuilder();
      for (int x = 0; x < WIDTH; x += across) {
        int sum = 0;
        for (int i = 0; i < across * down; i++) {
          sum += rgb[(y + i / across) * WIDTH + x + i % across] >> 8 & 0xff;
        }
        line.append(SHADES.charAt(Math.min(SHADES.length() - 1, sum * SHADES.length() / (240 * across * down))));
      }
      lines.add(line.toString().stripTrailing());
    }
    lines.removeIf(String::isEmpty);
    return lines;
  }
}
