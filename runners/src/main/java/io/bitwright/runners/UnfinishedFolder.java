package io.bitwright.runners;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A folder in which programs are at work. If this process is ended meanwhile, the folder is removed once its programs are
 * gone; {@link #leave} ends the watch and leaves the folder as it is.
 */
public final class UnfinishedFolder {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path folder;
  private final Thread hook = new Thread(this::remove);

  public UnfinishedFolder(Path folder) {
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void remove() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        if (ProcessHandle.current().descendants().noneMatch(ProcessHandle::isAlive)) {
          if (Files.exists(folder)) {
            BuildCache.delete(folder);
          }
          return;
        }
      } catch (UncheckedIOException e) {
        // A program that is being ended wrote meanwhile.
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  /** The folder is as it should be. */
  public void leave() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending and runs the hook itself.
    }
  }
}
