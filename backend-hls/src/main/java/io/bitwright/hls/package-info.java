/**
 * The target {@code hls}: renders a dataflow plan as HLS C++, with what simulates it. Text comes from complete models through
 * templates of the models' names; the templates of stages, shipped with every tree, are in the resource folder {@code src}.
 */
package io.bitwright.hls;
