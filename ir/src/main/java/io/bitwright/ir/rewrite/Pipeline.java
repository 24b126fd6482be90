package io.bitwright.ir.rewrite;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphVerifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Passes in order. The order satisfies every {@link Order} row; names are unique. */
public final class Pipeline {
  /** One pass must stand before another, and why. */
  public record Order(String first, String second, String because) {}

  /** Learns what each pass did, right after it. */
  @FunctionalInterface
  public interface Observer {
    /** Ignores everything. */
    Observer NONE = (pass, graph, nanos) -> { };

    /**
     * Called once a pass.
     *
     * @param graph  after the pass
     * @param nanos  wall time of the pass and its verification
     */
    void after(Pass pass, Graph graph, long nanos);
  }

  private final List<Pass> passes;
  private final List<Order> orders;

  /**
   * Checks the table.
   *
   * @throws IllegalArgumentException if a name is used twice, a row names no pass, or the order breaks a row
   */
  public Pipeline(List<Pass> passes, List<Order> orders) {
    this.passes = List.copyOf(passes);
    this.orders = List.copyOf(orders);
    if (new HashSet<>(names()).size() != passes.size()) {
      throw new IllegalArgumentException("a pass name is used twice: " + names());
    }
    orders.forEach(this::check);
  }

  /** A row of the order. */
  public static Order before(String first, String second, String because) {
    return new Order(first, second, because);
  }

  private void check(Order order) {
    int first = names().indexOf(order.first());
    int second = names().indexOf(order.second());
    if (first < 0 || second < 0) {
      throw new IllegalArgumentException("order of an unknown pass: " + order);
    }
    if (first >= second) {
      throw new IllegalArgumentException(
          "'" + order.first() + "' must stand before '" + order.second() + "' because " + order.because());
    }
  }

  public List<Pass> passes() {
    return passes;
  }

  public List<Order> orders() {
    return orders;
  }

  public List<String> names() {
    return passes.stream().map(Pass::name).toList();
  }

  /** The pass of that name. */
  public Optional<Pass> pass(String name) {
    return passes.stream().filter(p -> p.name().equals(name)).findFirst();
  }

  /**
   * Checks names that a user gave.
   *
   * @throws DiagnosticException with all names that are no pass
   */
  public void requireKnown(Collection<String> given) {
    Diagnostics diagnostics = new Diagnostics();
    given.stream().filter(name -> !names().contains(name)).forEach(name ->
        diagnostics.report(DiagnosticId.UNKNOWN_NAME, SourceLocation.NONE, "pass", name, String.join(", ", names())));
    diagnostics.throwIfErrors();
  }

  /**
   * This pipeline without some passes; rows about them no longer hold.
   *
   * @throws DiagnosticException if a name is no pass
   */
  public Pipeline without(Set<String> disabled) {
    requireKnown(disabled.stream().sorted().toList());
    List<Pass> kept = new ArrayList<>(passes);
    kept.removeIf(p -> disabled.contains(p.name()));
    return new Pipeline(kept,
        orders.stream().filter(o -> !disabled.contains(o.first()) && !disabled.contains(o.second())).toList());
  }

  /** The graph after all passes, each verified. */
  public Graph run(Graph graph, Observer observer) {
    GraphVerifier.check(graph, "who called the pipeline");
    Graph current = graph;
    for (Pass pass : passes) {
      long start = System.nanoTime();
      current = pass.apply(current);
      observer.after(pass, current, System.nanoTime() - start);
    }
    return current;
  }

  /** The graph after all passes. */
  public Graph run(Graph graph) {
    return run(graph, Observer.NONE);
  }
}
