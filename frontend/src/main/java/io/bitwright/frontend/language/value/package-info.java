/** Values of the network description language, their types, and the signatures of what can be called. */
package io.bitwright.frontend.language.value;
