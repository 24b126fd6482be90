/**
 * The dataflow accelerator's plan: everything that HLS and RTL share. docs/dataflow.md states the order of every stream
 * and what each stage does with it.
 */
package io.bitwright.dataflow;
