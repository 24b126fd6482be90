package io.bitwright.hls;

/** The script for the vendor's tool. Template {@code TclModel.ftl}. */
public record TclModel(NetworkModel network) {}
