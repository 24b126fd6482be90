/** The network description language; {@link io.bitwright.frontend.language.Description} is the entry. */
package io.bitwright.frontend.language;
