/** What inspect shows of a network's cost, as text and as JSON. */
package io.bitwright.cli.cost;
