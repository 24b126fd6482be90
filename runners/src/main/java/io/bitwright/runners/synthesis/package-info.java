/** Builds hardware designs with open synthesis tools, for figures. */
package io.bitwright.runners.synthesis;
