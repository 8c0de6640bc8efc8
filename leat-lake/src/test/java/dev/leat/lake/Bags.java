package dev.leat.lake;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Rows as text with their counts: the model that the lake is held against. */
final class Bags {
  static final Schema EVERY_TYPE =
      Schema.of(
          Column.optional("flag", Type.BOOLEAN),
          Column.optional("small", Type.INTEGER),
          Column.required("big", Type.BIGINT),
          Column.optional("ratio", Type.DOUBLE),
          Column.optional("price", Type.decimal(9, 2)),
          Column.optional("total", Type.decimal(18, 4)),
          Column.optional("name", Type.VARCHAR),
          Column.optional("raw", Type.VARBINARY),
          Column.optional("day", Type.DATE),
          Column.optional("at", Type.TIMESTAMP));

  private Bags() {}

  static void add(SortedMap<String, Long> bag, Batch batch) {
    for (int row = 0; row < batch.size(); row++) {
      bag.merge(text(batch, row), batch.weights()[row], Bags::sum);
    }
  }

  private static @Nullable Long sum(Long a, Long b) {
    return a + b == 0 ? null : Long.valueOf(a + b);
  }

  static String text(Batch batch, int row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < batch.schema().size(); i++) {
      values.add(value(batch, i, row));
    }
    return String.join("|", values);
  }

  private static String value(Batch batch, int column, int row) {
    if (batch.column(column).isNull(row)) {
      return "NULL";
    }
    return switch (batch.schema().column(column).type().physical()) {
      case LONG -> Long.toString(batch.longs(column).values()[row]);
      case DOUBLE -> Double.toString(batch.doubles(column).values()[row]);
      case BYTES -> {
        byte[] bytes = new byte[batch.bytes(column).length(row)];
        System.arraycopy(
            batch.bytes(column).data(), batch.bytes(column).start(row), bytes, 0, bytes.length);
        yield Base64.getEncoder().encodeToString(bytes);
      }
    };
  }

  static SortedMap<String, Long> of(TableFiles files) {
    SortedMap<String, Long> bag = new TreeMap<>();
    for (DataFile file : files.files()) {
      try {
        TableRows.read(
            file.path(),
            deleted(file),
            files.schema(),
            files.fieldIds(),
            (batch, _) -> add(bag, batch));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return bag;
  }

  static RoaringBitmap deleted(DataFile file) {
    return RoaringBitmap.bitmapOf(
        Arrays.stream(file.deleted()).mapToInt(Math::toIntExact).toArray());
  }

  static SortedMap<String, Long> of(Batch batch) {
    SortedMap<String, Long> bag = new TreeMap<>();
    add(bag, batch);
    return bag;
  }

  static long rows(Map<String, Long> bag) {
    return bag.values().stream().mapToLong(Long::longValue).sum();
  }

  /** A row out of a small world, so that equal rows happen; each column is NULL now and then. */
  static void appendRow(BatchBuilder builder, RandomGenerator random, long weight) {
    for (int i = 0; i < builder.schema().size(); i++) {
      Type type = builder.schema().column(i).type();
      if (random.nextInt(8) == 0) {
        builder.column(i).appendNull();
        continue;
      }
      switch (type) {
        case Type.Bool _ -> builder.column(i).append((long) random.nextInt(2));
        case Type.Int _ -> builder.column(i).append((long) random.nextInt(-2, 2));
        case Type.Float64 _ -> builder.column(i).append(DOUBLES[random.nextInt(DOUBLES.length)]);
        case Type.Varchar _ -> builder.column(i).append(TEXTS[random.nextInt(TEXTS.length)]);
        case Type.Varbinary _ -> {
          byte[] bytes = new byte[random.nextInt(3)];
          random.nextBytes(bytes);
          builder.column(i).append(bytes, 0, bytes.length);
        }
        default -> builder.column(i).append((long) random.nextInt(3) - 1);
      }
    }
    builder.endRow(weight);
  }

  private static final double[] DOUBLES = {
    0.0, 1.5, -2.25, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE
  };
  private static final String[] TEXTS = {
    "", "a", "zwölf", "a rather long text with more bytes", "日本"
  };
}
