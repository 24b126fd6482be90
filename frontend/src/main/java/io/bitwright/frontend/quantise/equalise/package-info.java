/** Rewrites f32 networks into ones that compute the same and lose less when they are quantised. */
package io.bitwright.frontend.quantise.equalise;
