package io.bitwright.frontend.quantise.range;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How often a tensor's elements fell into each of 2^13 cells. A cell is [i, i + 1) times a power of two, the same for
 * all cells; the power grows with the largest magnitude. What is counted depends neither on the order of the elements
 * nor on how they were divided among histograms that are merged. Elements that are not finite are not counted.
 */
public final class Histogram {
  private static final int HALF = 1 << 12;
  private static final int SMALLEST_EXPONENT = Float.MIN_EXPONENT - 12;

  private final long[] counts = new long[2 * HALF];
  private int exponent = SMALLEST_EXPONENT;
  private long zeros;

  /** Counts little-endian f32 elements. */
  void add(byte[] raw, Range range) {
    if (!(range.magnitude() <= Float.MAX_VALUE)) {
      return;
    }
    widenTo(exponentFor(range.magnitude()));
    ByteBuffer elements = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    double perCell = Math.scalb(1.0, -exponent);
    while (elements.hasRemaining()) {
      float x = elements.getFloat();
      if (x == 0) {
        zeros++;
      } else {
        counts[HALF + (int) Math.floor(x * perCell)]++;
      }
    }
  }

  /** Counts what another one has counted. */
  void merge(Histogram other) {
    widenTo(other.exponent);
    int shift = exponent - other.exponent;
    for (int i = 0; i < counts.length; i++) {
      counts[HALF + shifted(i - HALF, shift)] += other.counts[i];
    }
    zeros += other.zeros;
  }

  private static int exponentFor(float magnitude) {
    return magnitude == 0 ? SMALLEST_EXPONENT : Math.getExponent(magnitude) + 1 - Integer.numberOfTrailingZeros(HALF);
  }

  private void widenTo(int wanted) {
    int shift = wanted - exponent;
    if (shift <= 0) {
      return;
    }
    long[] narrow = counts.clone();
    java.util.Arrays.fill(counts, 0);
    for (int i = 0; i < narrow.length; i++) {
      counts[HALF + shifted(i - HALF, shift)] += narrow[i];
    }
    exponent = wanted;
  }

  private static int shifted(int cell, int shift) {
    return cell >> Math.min(shift, Integer.SIZE - 1);
  }

  /** What it would be had each element that lies outside some reals been the nearest of them. */
  Histogram within(Range reals) {
    Histogram result = new Histogram();
    result.exponent = exponent;
    result.zeros = zeros;
    double perCell = Math.scalb(1.0, -exponent);
    int lowest = cell(Math.floor(reals.min() * perCell));
    int highest = cell(Math.floor(reals.max() * perCell));
    for (int i = 0; i < counts.length; i++) {
      int cell = Math.min(Math.max(i, lowest), highest);
      boolean zero = i < lowest && reals.min() == 0 || i > highest && reals.max() == 0;
      result.zeros += zero ? counts[i] : 0;
      result.counts[cell] += zero ? 0 : counts[i];
    }
    return result;
  }

  private static int cell(double index) {
    return (int) Math.min(Math.max(HALF + index, 0), 2.0 * HALF - 1);
  }

  /** The number of cells. */
  int cells() {
    return counts.length;
  }

  /** How many elements other than zero fell into a cell. */
  long count(int cell) {
    return counts[cell];
  }

  /** The real in the middle of a cell; cells are in rising order. */
  double middle(int cell) {
    return Math.scalb(cell - HALF + 0.5, exponent);
  }

  /** How many elements were exactly zero. */
  long zeros() {
    return zeros;
  }
}
