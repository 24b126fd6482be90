package io.bitwright.cli.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.awt.GraphicsEnvironment;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TextPictureTest {
  private static final int PIXELS = TextPicture.WIDTH * TextPicture.HEIGHT;

  /** Asks Java, not what is tested. Where tests run for all, fonts must be there. */
  @BeforeEach
  void requireFonts() {
    try {
      GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames();
    } catch (LinkageError | InternalError | RuntimeException e) {
      if ("true".equals(System.getenv("CI"))) {
        throw e;
      }
      abort("this Java has no fonts: " + e);
    }
  }

  private static boolean isInk(TextPicture picture, int pixel) {
    return (picture.rgb()[pixel] & 0xff) < 120;
  }

  /** The letters fill the height of the line, and touch no border. */
  @Test
  void textIsInsideAndLarge() {
    for (long seed = 0; seed < 50; seed++) {
      TextPicture picture = TextPicture.seeded(seed);
      int[] rows = IntStream.range(0, PIXELS).filter(i -> isInk(picture, i)).map(i -> i / TextPicture.WIDTH).toArray();
      int[] columns =
          IntStream.range(0, PIXELS).filter(i -> isInk(picture, i)).map(i -> i % TextPicture.WIDTH).toArray();
      int first = IntStream.of(rows).min().orElseThrow();
      int last = IntStream.of(rows).max().orElseThrow();
      assertTrue(last - first >= 28 && first >= 3 && last < TextPicture.HEIGHT - 3,
          picture.text() + ": rows " + first + " to " + last);
      assertTrue(IntStream.of(columns).min().orElseThrow() >= 4, picture.text());
      assertTrue(IntStream.of(columns).max().orElseThrow() < TextPicture.WIDTH - 4, picture.text());
    }
  }

  @Test
  void upsideDownIsTurnedByHalf() {
    TextPicture picture = TextPicture.seeded(7);
    TextPicture turned = picture.upsideDown();
    assertEquals(picture.rgb()[0], turned.rgb()[PIXELS - 1]);
    assertEquals(picture.rgb()[20 * TextPicture.WIDTH + 30], turned.rgb()[27 * TextPicture.WIDTH + 161]);
    assertArrayEquals(picture.rgb(), turned.upsideDown().rgb());
    assertArrayEquals(picture.rgb(), TextPicture.seeded(7).rgb(), "the same every time");
  }
}
