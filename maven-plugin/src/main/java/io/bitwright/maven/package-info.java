/** The Maven plugin: a thin adapter of the compiler's facade. */
package io.bitwright.maven;
