/** The programs that other programs come from: finding and installing them. */
package io.bitwright.cli.tools;
