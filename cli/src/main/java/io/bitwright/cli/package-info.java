/** The command line: a thin adapter of the compiler's facade, and the only code that prints. */
package io.bitwright.cli;
