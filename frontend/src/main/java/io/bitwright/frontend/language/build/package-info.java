/** From layers to a graph of the intermediate representation, with weights. */
package io.bitwright.frontend.language.build;
