package io.bitwright.conformance.accuracy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The faces that Ultra-Light-Fast-Generic-Face-Detector's outputs tell of, for pictures of 320 x 240. Source: the anchors,
 * variances and suppression of its repository's {@code vision/ssd/config/fd_config.py} and {@code vision/utils/box_utils.py}.
 */
final class FaceBoxes {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int[] STRIDES = {8, 16, 32, 64};
  private static final int[][] SIZES = {{10, 16, 24}, {32, 48}, {64, 96}, {128, 192, 256}};
  private static final double CENTRE_VARIANCE = 0.1;
  private static final double SIZE_VARIANCE = 0.2;
  private static final double OVERLAP = 0.3;

  private final List<Box> boxes = new ArrayList<>();

  /** Decodes the box of every anchor. */
  FaceBoxes(double[] scores, double[] offsets) {
    for (int level = 0; level < STRIDES.length; level++) {
      int columns = (WIDTH + STRIDES[level] - 1) / STRIDES[level];
      int rows = (HEIGHT + STRIDES[level] - 1) / STRIDES[level];
      for (int cell = 0; cell < rows * columns; cell++) {
        double x = (cell % columns + 0.5) / ((double) WIDTH / STRIDES[level]);
        double y = (cell / columns + 0.5) / ((double) HEIGHT / STRIDES[level]);
        for (int size : SIZES[level]) {
          boxes.add(box(x, y, size, offsets, scores[2 * boxes.size() + 1]));
        }
      }
    }
  }

  /**
   * A face in parts of the picture's width and height.
   *
   * @param anchor  which of the network's boxes it is
   */
  record Box(int anchor, double left, double top, double right, double bottom, double score) {
    private double area() {
      return Math.max(0, right - left) * Math.max(0, bottom - top);
    }

    /** Area of the intersection over that of the union. */
    double overlap(Box other) {
      double width = Math.min(right, other.right) - Math.max(left, other.left);
      double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
      double common = Math.max(0, width) * Math.max(0, height);
      return common / (area() + other.area() - common);
    }
  }

  /** Faces of at least some score, none overlapping a better one much. */
  List<Box> faces(double least) {
    List<Box> faces = new ArrayList<>();
    boxes.stream().filter(b -> b.score >= least).sorted(Comparator.comparingDouble(Box::score).reversed())
        .filter(c -> faces.stream().noneMatch(f -> f.overlap(c) > OVERLAP)).forEach(faces::add);
    return faces;
  }

  /** The box of an anchor, face or not. */
  Box of(int anchor) {
    return boxes.get(anchor);
  }

  private Box box(double x, double y, int size, double[] offsets, double score) {
    int at = 4 * boxes.size();
    double anchorWidth = (double) size / WIDTH;
    double anchorHeight = (double) size / HEIGHT;
    double centreX = x + offsets[at] * CENTRE_VARIANCE * anchorWidth;
    double centreY = y + offsets[at + 1] * CENTRE_VARIANCE * anchorHeight;
    double halfWidth = Math.exp(offsets[at + 2] * SIZE_VARIANCE) * anchorWidth / 2;
    double halfHeight = Math.exp(offsets[at + 3] * SIZE_VARIANCE) * anchorHeight / 2;
    return new Box(boxes.size(), centreX - halfWidth, centreY - halfHeight, centreX + halfWidth, centreY + halfHeight,
        score);
  }
}
