package io.bitwright.frontend.language.build;

import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import java.nio.charset.StandardCharsets;

/**
 * Weights made of a seed and the layer's name, so that they do not depend on the other layers: the same on every machine.
 *
 * <p>Weights are uniform with He's variance 2 / fan-in, which keeps the magnitude of activations through a deep network;
 * statistics of batch normalisation are those of a layer of that kind, slightly disturbed.
 *
 * @param seed  any number
 */
public record SeededWeights(long seed) implements Weights {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  @Override
  public TensorData get(String layer, Role role, Shape shape, int fanIn, SourceLocation at) {
    float centre = role == Role.VARIANCE || role == Role.GAMMA ? 1 : 0;
    float reach = role == Role.WEIGHTS ? (float) Math.sqrt(6.0 / fanIn) : 0.1f;
    long state = start(layer, role);
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      state += GOLDEN;
      values[i] = centre + reach * unit(mix(state));
    }
    return TensorData.ofFloats(values);
  }

  private long start(String layer, Role role) {
    long hash = mix(seed);
    for (byte b : (layer + '.' + role.text()).getBytes(StandardCharsets.UTF_8)) {
      hash = mix(hash ^ b);
    }
    return hash;
  }

  /** SplitMix64: Steele et al., Fast Splittable Pseudorandom Number Generators, OOPSLA 2014. */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }

  /** In [-1, 1), a multiple of 2^-23. */
  private static float unit(long bits) {
    return (bits >> 40) * 0x1p-23f;
  }
}
