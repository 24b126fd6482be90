package io.bitwright.target;

import io.bitwright.ir.kernel.Kernel;
import java.util.function.Predicate;

/**
 * A limit of a target.
 *
 * @param accepts  whether a kernel keeps it
 * @param sentence  what the target takes; the error message and the manual
 */
public record Constraint(Predicate<Kernel> accepts, String sentence) {}
