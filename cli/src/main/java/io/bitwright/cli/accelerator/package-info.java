/** Options about accelerators, and what plans, simulations and syntheses of them came to. */
package io.bitwright.cli.accelerator;
