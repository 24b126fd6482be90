package io.bitwright.runners;

import java.util.List;

/** Builds an emitted tree and runs it on this machine; found by {@link java.util.ServiceLoader}. */
public interface Executor {
  /** What {@code --on} names: {@code c}. */
  String name();

  /** The target whose trees it runs. */
  String target();

  /** The external tools it needs. */
  List<ExternalTool> tools();

  /**
   * Builds (or takes from the cache) and runs.
   *
   * @throws io.bitwright.ir.diag.DiagnosticException if a tool is missing or fails; its words and its log's path are in
   *     the message
   */
  Execution run(RunRequest request);
}
