/** Pictures of networks, as DOT and as SVG: boxes of operators within boxes of blocks. Texts only; prints nothing. */
package io.bitwright.cli.picture;
