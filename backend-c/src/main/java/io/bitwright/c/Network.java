package io.bitwright.c;

import java.util.List;

/**
 * What every generated file needs to know of the network.
 *
 * @param name  a C identifier, the beginning of every symbol
 * @param macro  the same in upper case, the beginning of every macro
 * @param source  the model file's name, safe for a comment
 * @param constantBytes  all constant arrays
 * @param products  multiplications of an inference, padding included
 * @param real  whether float arithmetic occurs
 * @param driver  file name without extension of the program that runs inferences
 */
public record Network(String name, String macro, String source, String board, List<Port> inputs, List<Port> outputs,
    int arenaBytes, long constantBytes, long products, boolean real, String driver) {
  public Network {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Operands of the driver's command line: so many files. */
  public int files() {
    return inputs.size() + outputs.size();
  }
}
