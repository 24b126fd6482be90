/** Reads networks from files into graphs; {@link io.bitwright.frontend.ModelLoader} is the entry. */
package io.bitwright.frontend;
