package io.bitwright.compiler;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.NearestNames;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.runners.Executor;
import io.bitwright.target.Target;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;

/** The targets and executors on the class path, by name. */
public final class BackEnds {
  private BackEnds() {}

  public static List<Target> targets() {
    return load(Target.class, Target::name);
  }

  public static List<Executor> executors() {
    return load(Executor.class, Executor::name);
  }

  /**
   * The target of that name.
   *
   * @throws DiagnosticException if there is none
   */
  public static Target target(String name) {
    return find("target", name, targets(), Target::name, List.of());
  }

  /**
   * The executor of that name.
   *
   * @throws DiagnosticException if there is none; the message counts the interpreter among the known
   */
  public static Executor executor(String name) {
    return find("executor", name, executors(), Executor::name, List.of(Inference.INTERPRETER));
  }

  /** The targets whose code some executors run; the interpreter runs none. */
  public static List<Target> targetsOf(List<String> executors) {
    return executors.stream().filter(name -> !name.equals(Inference.INTERPRETER))
        .map(name -> target(executor(name).target())).toList();
  }

  private static <T> List<T> load(Class<T> type, Function<T, String> name) {
    return ServiceLoader.load(type).stream().map(ServiceLoader.Provider::get).sorted(Comparator.comparing(name)).toList();
  }

  private static <T> T find(String kind, String wanted, List<T> all, Function<T, String> name, List<String> more) {
    List<String> known = new java.util.ArrayList<>(more);
    all.stream().map(name).forEach(known::add);
    return all.stream().filter(t -> name.apply(t).equals(wanted)).findFirst().orElseThrow(
        () -> DiagnosticException.of(DiagnosticId.UNKNOWN_NAME, SourceLocation.NONE, kind, wanted,
            NearestNames.of(wanted, known)));
  }
}
