/** Files of networks as bytes, whatever their format. */
package io.bitwright.frontend.file;
