/**
 * A reader of FlatBuffers that trusts nothing.
 *
 * <p>Every offset and length is checked against the bytes that are there before anything is read or allocated, nothing
 * recurses, and the bytes copied out of a buffer are bounded by a small multiple of its size, also where its parts
 * overlap. Layout: the "FlatBuffer Internals" page of the FlatBuffers documentation.
 */
package io.bitwright.frontend.flatbuffer;
