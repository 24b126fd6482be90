/** Long work on threads, with its progress. */
package io.bitwright.frontend.quantise.work;
