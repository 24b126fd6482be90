/** From the text of a description to its syntax tree: ANTLR's parse tree is seen here only. */
package io.bitwright.frontend.language.syntax;
