package io.bitwright.runners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user leaves behind who presses Ctrl-C: nothing. */
@Timeout(120)
class InterruptionTest {
  @Test
  void aBuildThatIsInterruptedLeavesNeitherProcessNorFolder(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path cache = folder.resolve("cache");
    Path pids = folder.resolve("pids");
    Process java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), InterruptedBuild.class.getName(), cache.toString(), pids.toString())
        .inheritIO().start();
    while (!Files.exists(pids)) {
      assertTrue(java.isAlive());
      Thread.sleep(20);
    }
    List<Long> programs = Arrays.stream(Files.readString(pids).strip().split(" ")).map(Long::valueOf).toList();
    assertEquals(2, programs.stream().filter(InterruptionTest::isAlive).count());
    java.destroy(); // SIGTERM, for Java as good as SIGINT, which a test in the background would ignore
    assertTrue(java.waitFor(60, TimeUnit.SECONDS));
    assertEquals(143, java.exitValue());
    while (programs.stream().anyMatch(InterruptionTest::isAlive)) {
      Thread.sleep(20);
    }
    try (var left = Files.list(cache.resolve("test"))) {
      assertFalse(left.findAny().isPresent());
    }
  }

  /** One that has ended may wait for its new parent to take notice. */
  private static boolean isAlive(long pid) {
    try {
      return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
    } catch (IOException e) {
      return false;
    }
  }
}
