package io.bitwright.frontend;

import io.bitwright.frontend.language.Description;
import io.bitwright.frontend.language.Zoo;
import io.bitwright.frontend.language.layer.LayerTable;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.NearestNames;
import io.bitwright.ir.diag.SourceLocation;
import java.util.List;
import java.util.Map;

/**
 * A network of the zoo with its defaults, as a list of it shows.
 *
 * @param name  as after {@code zoo:}
 * @param paper  where it was published, and notes
 * @param trainableParameters  numbers that training finds
 * @param foldedParameters  weights and biases after folding batch normalisation
 * @param macs  multiply-accumulates of convolutions and fully connected layers
 */
public record ZooNetwork(String name, String paper, List<Parameter> parameters, long trainableParameters,
    long foldedParameters, long macs) {
  /** A parameter of a network, as text. */
  public record Parameter(String name, String type, String fallback) {}

  public ZooNetwork {
    parameters = List.copyOf(parameters);
  }

  /** All networks of the zoo. */
  public static List<ZooNetwork> all() {
    return Zoo.names().stream().map(ZooNetwork::of).toList();
  }

  /**
   * One network of the zoo.
   *
   * @throws DiagnosticException if there is none of that name
   */
  public static ZooNetwork find(String name) {
    if (!Zoo.names().contains(name)) {
      throw DiagnosticException.of(DiagnosticId.UNKNOWN_NAME, SourceLocation.NONE, "network of the zoo", name,
          NearestNames.nearest(name, Zoo.names()));
    }
    return of(name);
  }

  private static ZooNetwork of(String name) {
    Description description = Description.zoo(name);
    LayerTable table = LayerTable.of(description.build(Map.of()));
    List<Parameter> parameters = description.signature().parameters().stream()
        .map(p -> new Parameter(p.name(), p.type().toString(), p.fallback().map(Object::toString).orElse(""))).toList();
    return new ZooNetwork(name, description.comment(), parameters, table.trainableParameters(),
        table.foldedParameters(), table.macs());
  }
}
