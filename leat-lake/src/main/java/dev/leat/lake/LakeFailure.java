package dev.leat.lake;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Turns what goes wrong below into what people are told. */
final class LakeFailure {
  private LakeFailure() {}

  static LeatException of(String doing, Path path, Exception cause) {
    return new LeatException(
        Problem.of(
            ErrorCode.LAKE_FAILED,
            "Failed " + doing + " " + path + ": " + reason(cause) + ".",
            "Check that the disk is there, writable and not full; what was published before stays."),
        cause);
  }

  /** As it is when it has been told already. */
  static LeatException of(Path root, RuntimeException cause) {
    return cause instanceof LeatException told ? told : of("writing to", root, cause);
  }

  static LeatException noRelation(Epoch epoch, String relation) {
    return new LeatException(
        Problem.of(
            ErrorCode.LAKE_EPOCH_MISSING,
            "Epoch " + epoch.number() + " has no relation " + relation + ".",
            "It has: " + String.join(", ", epoch.tables().keySet()) + "."));
  }

  static LeatException notKept(Epoch epoch, Exception cause) {
    return new LeatException(
        Problem.of(
            ErrorCode.LAKE_EPOCH_MISSING,
            "Epoch " + epoch.number() + " is not kept any more.",
            "Ask the newest epoch, or keep epochs longer."),
        cause);
  }

  static LeatException conflict(long number) {
    return new LeatException(
        Problem.of(
            ErrorCode.LAKE_CONFLICT,
            "Epoch " + number + " has been published by another process.",
            "Stop the other process, or this one; a lake has one writer."));
  }

  static LeatException rowMissing(String relation, long weight, String row) {
    return new LeatException(
        Problem.of(
            ErrorCode.LAKE_ROW_MISSING,
            "A change takes away from "
                + relation
                + " "
                + weight
                + " × "
                + row
                + ", which is not there as often.",
            "Nothing of that was published. `leat prove` shows whether the table is right; please"
                + " report this, unless it has DOUBLE columns."));
  }

  private static String reason(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null && !(root instanceof IOException)) {
      root = root.getCause();
    }
    if (root instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
      root = wrapped.getCause();
    }
    return root.getClass().getSimpleName() + " " + root.getMessage();
  }
}
