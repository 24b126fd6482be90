package io.bitwright.compiler;

import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.graph.Graph;

/** Is told what happens during a compilation; whoever prints implements it. */
public interface CompileObserver {
  /** Looks away. */
  CompileObserver NONE = new CompileObserver() { };

  /** A warning or a note: the compilation goes on. */
  default void warning(Diagnostic warning) {}

  /** The graph after a pass that was to be shown. */
  default void dump(String pass, Graph graph) {}

  /** How long a pass or another stage took. */
  default void time(String stage, long nanos) {}

  /** How far a stage is: so many pieces done. */
  default void progress(String stage, int done, int total) {}
}
