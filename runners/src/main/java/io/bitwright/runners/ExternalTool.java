package io.bitwright.runners;

/**
 * A program of the system.
 *
 * @param command  looked up on the PATH
 * @param debianPackage  the package that brings it
 * @param purpose  what it is for, a few words
 */
public record ExternalTool(String command, String debianPackage, String purpose) {}
