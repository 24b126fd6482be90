package io.bitwright.hls;

/** The Makefile of the simulation. Template {@code MakefileModel.ftl}. */
public record MakefileModel(NetworkModel network) {}
