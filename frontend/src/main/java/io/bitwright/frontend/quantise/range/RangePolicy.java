package io.bitwright.frontend.quantise.range;

/** Decides which reals a tensor's codes reach; zero is added to them. */
@FunctionalInterface
public interface RangePolicy {
  /** Which reals the codes of a tensor are to reach. */
  Range range(Observation seen);
}
