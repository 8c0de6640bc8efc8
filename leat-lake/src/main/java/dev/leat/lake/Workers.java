package dev.leat.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writes the tables of an epoch side by side. */
final class Workers implements AutoCloseable {
  private final ExecutorService pool =
      Executors.newFixedThreadPool(
          Math.max(2, Runtime.getRuntime().availableProcessors()),
          Thread.ofPlatform().daemon().name("leat-lake-", 0).factory());

  /** The new version of each table. However this ends, all have ended before. */
  Map<String, TableVersion> finish(Map<String, TableChange> changes, LakeIO io, long epoch) {
    Map<String, Future<TableVersion>> running = new LinkedHashMap<>();
    try {
      changes.forEach(
          (relation, change) -> running.put(relation, pool.submit(() -> change.finish(io, epoch))));
    } finally {
      awaitAll(running.values());
    }
    Map<String, TableVersion> versions = new LinkedHashMap<>();
    running.forEach((relation, version) -> {
      if (version.state() == Future.State.FAILED) {
        throw told(relation, version.exceptionNow());
      }
      versions.put(relation, version.resultNow());
    });
    return versions;
  }

  /** Who undoes the epoch deletes what these write, so an interruption has to wait for them too. */
  private static void awaitAll(Collection<Future<TableVersion>> running) {
    boolean interrupted = false;
    for (Future<TableVersion> one : running) {
      while (!one.isDone()) {
        try {
          one.get();
        } catch (ExecutionException _) {
          // told when all have ended
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException told(String relation, Throwable cause) {
    return switch (cause) {
      case IOException e -> LakeFailure.of("writing", Path.of(relation), e);
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(cause);
    };
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
