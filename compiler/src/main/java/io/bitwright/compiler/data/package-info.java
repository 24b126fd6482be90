/** Tensors in files: arrays, raw bytes and pictures, and what they mean as a network's input. */
package io.bitwright.compiler.data;
