/** Evaluates a description with its parameters into layers; every limit on size and repetition is kept here. */
package io.bitwright.frontend.language.eval;
