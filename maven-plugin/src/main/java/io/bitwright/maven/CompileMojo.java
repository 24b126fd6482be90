package io.bitwright.maven;

import io.bitwright.boards.Board;
import io.bitwright.boards.Boards;
import io.bitwright.compiler.BackEnds;
import io.bitwright.compiler.CompileObserver;
import io.bitwright.compiler.CompileOptions;
import io.bitwright.compiler.Compiler;
import io.bitwright.compiler.Emitted;
import io.bitwright.compiler.Network;
import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.target.HardwareOptions;
import io.bitwright.target.HardwareOptions.Pragmas;
import io.bitwright.target.Target;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Generates the sources of one network. */
@Mojo(name = "compile", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class CompileMojo extends AbstractMojo {
  /** The network's file. */
  @Parameter(property = "bitwright.model", required = true)
  private File model;

  /** What to generate: c, hls, or rtl, which needs io.bitwright:backend-rtl among the plugin's dependencies. */
  @Parameter(property = "bitwright.target", defaultValue = "c")
  private String target;

  /** The board that it is generated for: a name, or a description's file (.json). */
  @Parameter(property = "bitwright.board", defaultValue = "host")
  private String board;

  /** hls, rtl: MAC multipliers to use; what fits the board, or 64 for the host, by default. */
  @Parameter(property = "bitwright.lanes")
  private Integer lanes;

  /** hls: whose pragmas to write, vitis or generic. */
  @Parameter(property = "bitwright.hlsTool", defaultValue = "vitis")
  private String hlsTool;

  /** The folder to write; one that an earlier run wrote is replaced. */
  @Parameter(property = "bitwright.outputDirectory", defaultValue = "${project.build.directory}/generated-sources/bitwright")
  private File outputDirectory;

  @Override
  public void execute() throws MojoFailureException {
    try {
      Target backEnd = BackEnds.target(target);
      Board chosen = Boards.find(board).board();
      Compiler compiler = new Compiler(CompileOptions.DEFAULT.with(hardware()), new CompileObserver() {
        @Override
        public void warning(Diagnostic warning) {
          getLog().warn(warning.render());
        }
      }).serving(List.of(backEnd));
      Network network = compiler.load(model.toPath());
      Emitted emitted = compiler.emit(network, backEnd, chosen, Optional.empty());
      emitted.write(outputDirectory.toPath());
      getLog().info(network.identifier() + ": " + emitted.tree().files().size() + " files in " + outputDirectory);
    } catch (DiagnosticException e) {
      e.diagnostics().forEach(d -> getLog().error(d.render()));
      throw new MojoFailureException(model.getName() + " was not compiled", e);
    }
  }

  private HardwareOptions hardware() throws MojoFailureException {
    Pragmas pragmas = Arrays.stream(Pragmas.values()).filter(p -> p.text().equals(hlsTool)).findFirst()
        .orElseThrow(() -> new MojoFailureException("hlsTool must be vitis or generic, not " + hlsTool));
    return new HardwareOptions(lanes == null ? OptionalInt.empty() : OptionalInt.of(lanes), pragmas, false);
  }
}
