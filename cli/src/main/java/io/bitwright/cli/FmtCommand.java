package io.bitwright.cli;

import io.bitwright.cli.console.Console;
import io.bitwright.cli.console.ExitStatus;
import io.bitwright.compiler.data.OutputFile;
import io.bitwright.frontend.DescriptionFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Formats network descriptions in place. */
@Command(name = "fmt", mixinStandardHelpOptions = true, description = "Format network descriptions (.bw) in place.")
final class FmtCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Descriptions.")
  private List<Path> files;

  @Option(names = "--check", description = "Change nothing; name the files that are not formatted and end with 1.")
  private boolean check;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    Console console = new Console(spec);
    List<DescriptionFormat> formats = files.stream().map(DescriptionFormat::of).toList();
    boolean untidy = false;
    for (int i = 0; i < formats.size(); i++) {
      if (!formats.get(i).isFormatted()) {
        untidy = true;
        console.print("%s", files.get(i));
        if (!check) {
          OutputFile.replace(files.get(i), formats.get(i).formatted().getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return check && untidy ? ExitStatus.FAILED : ExitStatus.DONE;
  }
}
