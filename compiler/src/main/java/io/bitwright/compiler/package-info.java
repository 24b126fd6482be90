/** The one facade of the compiler: load, optimise, lower, plan, emit, run. The command line and the Maven plugin are adapters of it. */
package io.bitwright.compiler;
