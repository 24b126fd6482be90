/** The formatter of network descriptions. */
package io.bitwright.frontend.language.format;
