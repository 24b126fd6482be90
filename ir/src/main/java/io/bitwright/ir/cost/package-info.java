/** What networks cost: parameters, multiply-accumulates, bytes. Counts, not estimates. */
package io.bitwright.ir.cost;
