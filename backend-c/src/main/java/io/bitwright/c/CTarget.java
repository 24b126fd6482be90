package io.bitwright.c;

import io.bitwright.target.Constraint;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.OutputTree;
import io.bitwright.target.Target;
import java.util.List;

/** The target {@code c}: portable C99 for microcontrollers and hosts. Takes every kernel. */
public final class CTarget implements Target {
  @Override
  public String name() {
    return "c";
  }

  @Override
  public List<Constraint> constraints() {
    return List.of();
  }

  @Override
  public OutputTree emit(EmitRequest request) {
    return new Emission(request).tree();
  }
}
