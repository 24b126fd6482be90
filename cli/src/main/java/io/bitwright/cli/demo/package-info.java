/** The shipped example, shown on every back end at hand. */
package io.bitwright.cli.demo;
