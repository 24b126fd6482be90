/** Where commands print. */
package io.bitwright.cli.console;
