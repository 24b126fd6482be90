package io.bitwright.runners;

import io.bitwright.target.OutputTree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A build that does not end by itself: a program that waits for a program of its own. Run as a process by a test. */
final class InterruptedBuild {
  private InterruptedBuild() {}

  /** Takes the cache's folder and the file that is to hold the process ids of the two programs. */
  public static void main(String[] args) {
    OutputTree tree = new OutputTree.Builder().add("source", "").build();
    String script = "sleep 600 & echo $$ $! > '" + args[1] + ".part'; mv '" + args[1] + ".part' '" + args[1] + "'; wait";
    new BuildCache(Path.of(args[0])).folder("test", tree, List.of(), folder ->
        new ToolProcess(new ExternalTool("sh", "dash", "wait"), List.of("sh", "-c", script), folder,
            folder.resolve("log"), Duration.ofMinutes(5)).run());
  }
}
