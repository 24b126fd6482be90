package io.bitwright.frontend.language.eval;

import io.bitwright.frontend.language.layer.Layer;
import io.bitwright.frontend.language.layer.NetworkModel;
import io.bitwright.frontend.language.syntax.SourceFile;
import io.bitwright.frontend.language.syntax.SourceFile.Definition;
import io.bitwright.frontend.language.value.Signature;
import io.bitwright.frontend.language.value.Value;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.NearestNames;
import io.bitwright.ir.diag.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates the network of a file. */
public final class Evaluation {
  private final Definition.Block network;
  private final NetworkBuilder builder = new NetworkBuilder();
  private final Calls calls;
  private final Signature signature;

  /**
   * Prepares a network; its constants and defaults are evaluated here.
   *
   * @param files  imported files before those that import them; the last one has the network
   */
  public Evaluation(List<SourceFile> files) {
    this.network = only(files.get(files.size() - 1));
    this.calls = new Calls(Definitions.of(files), builder);
    this.signature = Definitions.signatureOf(network, calls.expressions(), calls.constants());
  }

  private static Definition.Block only(SourceFile file) {
    List<Definition> networks = file.definitions().stream()
        .filter(d -> d instanceof Definition.Block b && b.network()).toList();
    if (networks.size() != 1) {
      SourceLocation at = networks.isEmpty() ? new SourceLocation(file.name(), 1, 1, "") : networks.get(1).at();
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_NETWORK, at,
          networks.isEmpty() ? "the file describes no network" : "the file describes more than one network");
    }
    return (Definition.Block) networks.get(0);
  }

  /** The network's name and parameters. */
  public Signature signature() {
    return signature;
  }

  /**
   * Builds the network.
   *
   * @param settings  values of parameters, as text
   */
  public NetworkModel build(Map<String, String> settings) {
    List<Binder.Given> given = new ArrayList<>();
    settings.forEach((name, text) -> given.add(new Binder.Given(network.at(), Optional.of(name), setting(name, text))));
    Value result = calls.run(network, Binder.bind(signature, network.at(), given));
    List<Layer> outputs = new ArrayList<>();
    List<Value> values = result instanceof Value.Items items ? items.values() : List.of(result);
    for (Value value : values) {
      if (!(value instanceof Value.Tensor tensor)) {
        throw DiagnosticException.of(DiagnosticId.LANGUAGE_TYPE, network.at(), "the result of network '"
            + network.name() + "'", value.kind(), value, "tensor");
      }
      outputs.add(tensor.layer());
    }
    NetworkModel model = NetworkModel.of(network.name(), network.at(), outputs, builder.layers());
    if (model.inputs().isEmpty() || outputs.isEmpty()) {
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_NETWORK, network.at(),
          "network '" + network.name() + "' has no " + (outputs.isEmpty() ? "result" : "input"));
    }
    return model;
  }

  private Value setting(String name, String text) {
    Signature.Parameter parameter = signature.parameter(name).orElseThrow(() -> DiagnosticException.of(
        DiagnosticId.LANGUAGE_PARAMETER, network.at(), network.name(), name,
        NearestNames.nearest(name, signature.names())));
    return parameter.type().parse(text).orElseThrow(() -> DiagnosticException.of(DiagnosticId.LANGUAGE_TYPE,
        network.at(), "parameter '" + name + "'", "set to", text, parameter.type()));
  }
}
