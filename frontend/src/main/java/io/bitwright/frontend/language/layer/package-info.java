/** A network as the language describes it: layers with shapes, before any tensor type or weight; and its counts. */
package io.bitwright.frontend.language.layer;
