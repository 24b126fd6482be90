/** Rules that say f32 operators in simpler ones, where these are what a file or a width of codes has. */
package io.bitwright.frontend.writeout;
