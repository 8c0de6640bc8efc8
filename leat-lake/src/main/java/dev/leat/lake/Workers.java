package dev.leat.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Writes the tables of an epoch side by side. */
final class Workers implements AutoCloseable {
  private final ExecutorService pool =
      Executors.newFixedThreadPool(
          Math.max(2, Runtime.getRuntime().availableProcessors()),
          Thread.ofPlatform().daemon().name("leat-lake-", 0).factory());

  /** The new version of each table. When one fails, all have ended before this throws. */
  Map<String, TableVersion> finish(Map<String, TableChange> changes, LakeIO io, long epoch) {
    Map<String, Future<TableVersion>> running = new LinkedHashMap<>();
    changes.forEach(
        (relation, change) -> running.put(relation, pool.submit(() -> change.finish(io, epoch))));
    Map<String, TableVersion> versions = new LinkedHashMap<>();
    RuntimeException failure = null;
    for (Map.Entry<String, Future<TableVersion>> entry : running.entrySet()) {
      try {
        versions.put(entry.getKey(), entry.getValue().get());
      } catch (ExecutionException e) {
        failure = told(entry.getKey(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure = new IllegalStateException("interrupted while publishing", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return versions;
  }

  private static RuntimeException told(String relation, @Nullable Throwable cause) {
    return switch (cause) {
      case IOException e -> LakeFailure.of("writing", Path.of(relation), e);
      case RuntimeException e -> e;
      case null -> new IllegalStateException("failed without a cause");
      case Error e -> throw e;
      default -> new IllegalStateException(cause);
    };
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
