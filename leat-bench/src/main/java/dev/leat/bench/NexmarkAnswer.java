package dev.leat.bench;

import dev.leat.data.Batch;
import dev.leat.model.Type;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * What a query's changes add up to, so that two peers' answers can be compared without keeping
 * them: how many rows there are, and the sum of a hash of each.
 *
 * <p>Only columns that every right answer has the same are looked at: of rows that tie for last or
 * for tenth, each peer may keep another.
 */
record NexmarkAnswer(long rows, long digest) {
  static final NexmarkAnswer NONE = new NexmarkAnswer(0, 0);

  private static final Map<String, int[]> COMPARED =
      Map.of(
          "group_by_3m", new int[] {0, 1, 2, 3},
          "q4", new int[] {0, 1},
          "q15", new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12},
          "q18", new int[] {0, 1, 5},
          "q19", new int[] {0, 2, 7});

  static int[] compared(String query) {
    return Objects.requireNonNull(COMPARED.get(query), query);
  }

  /** With the changes of one of Leat's steps. */
  NexmarkAnswer plus(Batch changes, int[] columns) {
    NexmarkAnswer sum = this;
    for (int row = 0; row < changes.size(); row++) {
      long hash = 0;
      for (int column : columns) {
        hash = mix(hash, value(changes, column, row));
      }
      sum = sum.plus(hash, changes.weights()[row]);
    }
    return sum;
  }

  /** With one of Flink's changes. */
  NexmarkAnswer plus(Row change, int[] columns) {
    long hash = 0;
    for (int column : columns) {
      hash = mix(hash, value(change.getField(column)));
    }
    boolean there = change.getKind() == RowKind.INSERT || change.getKind() == RowKind.UPDATE_AFTER;
    return plus(hash, there ? 1 : -1);
  }

  private NexmarkAnswer plus(long hash, long weight) {
    return new NexmarkAnswer(rows + weight, digest + weight * hash);
  }

  /** A mean of whole numbers is a decimal here and a whole number there: compared is its floor. */
  private static long value(Batch batch, int column, int row) {
    long value = batch.longs(column).values()[row];
    return batch.schema().column(column).type() instanceof Type.Decimal decimal
        ? Math.floorDiv(value, (long) Math.pow(10, decimal.scale()))
        : value;
  }

  private static long value(@Nullable Object value) {
    return switch (value) {
      case Number n -> n.longValue();
      case LocalDateTime t -> t.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + t.getNano() / 1_000;
      case String day -> LocalDate.parse(day).toEpochDay();
      case null -> throw new IllegalStateException("NULL in an answer");
      default -> throw new IllegalStateException("compared by nobody: " + value.getClass());
    };
  }

  private static long mix(long hash, long value) {
    long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
    return (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L;
  }
}
