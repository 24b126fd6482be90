package io.bitwright.ir.scalar;

import java.util.Arrays;

/** A constant array of integers, indexed from 0. Immutable; equal by contents. */
public final class LookupTable {
  private final String name;
  private final long[] entries;

  /**
   * Copies the entries.
   *
   * @param name  what the entries are, a legal C identifier: "multiplier", "exp"
   * @param entries  at least one
   */
  public LookupTable(String name, long[] entries) {
    if (entries.length == 0) {
      throw new IllegalArgumentException("table " + name + " has no entries");
    }
    this.name = name;
    this.entries = entries.clone();
  }

  public String name() {
    return name;
  }

  public int size() {
    return entries.length;
  }

  public long entry(int index) {
    return entries[index];
  }

  /** A copy. */
  public long[] entries() {
    return entries.clone();
  }

  /** Smallest and largest entry. */
  public Interval interval() {
    return Interval.of(Arrays.stream(entries).min().orElseThrow(), Arrays.stream(entries).max().orElseThrow());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LookupTable that && name.equals(that.name) && Arrays.equals(entries, that.entries);
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + Arrays.hashCode(entries);
  }
}
