package io.bitwright.frontend.quantise.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Numbered pieces of work, shared among threads. */
public final class Parallel {
  private Parallel() {}

  /**
   * Does the pieces 0 to {@code count - 1}.
   *
   * @param threads  at least 1
   * @param worker  called once a thread: what does a piece there
   * @param done  told how many pieces are done, by one thread at a time
   */
  public static void run(int count, int threads, Supplier<IntConsumer> worker, IntConsumer done) {
    int workers = Math.min(threads, count);
    AtomicInteger next = new AtomicInteger();
    int[] finished = {0};
    ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, workers));
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        parts.add(pool.submit(() -> {
          IntConsumer piece = worker.get();
          for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
            piece.accept(n);
            synchronized (finished) {
              done.accept(++finished[0]);
            }
          }
        }));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("calibration was interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
