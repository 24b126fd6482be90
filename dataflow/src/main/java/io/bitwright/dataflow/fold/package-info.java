/** Chooses the folding of every stage: the smallest frame interval within a budget of lanes, and no lane more than that needs. */
package io.bitwright.dataflow.fold;
