/** Runs a float network and its quantised form side by side, node by node. */
package io.bitwright.frontend.quantise.evaluate;
