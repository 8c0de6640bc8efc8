package dev.leat.lake;

import dev.leat.model.Durability;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/** A stranger: reads a table with nothing but Iceberg's own code, from its metadata file. */
final class IcebergReader {
  private IcebergReader() {}

  static Table table(Path root, Epoch epoch, String relation) {
    String metadata =
        root.resolve(epoch.table(relation).orElseThrow().metadataLocation()).toString();
    return new BaseTable(
        new StaticTableOperations(metadata, new LakeIO(new LocalDisk(Durability.PROCESS, root))),
        relation);
  }

  /** Rows in the text form of {@link Bags}, sorted. */
  static List<String> rows(Path root, Epoch epoch, String relation) throws Exception {
    List<String> rows = new ArrayList<>();
    List<String> columns =
        epoch.table(relation).orElseThrow().schema().columns().stream().map(c -> c.name()).toList();
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(table(root, epoch, relation)).build()) {
      for (Record record : records) {
        rows.add(String.join("|", columns.stream().map(c -> text(record.getField(c))).toList()));
      }
    }
    rows.sort(null);
    return rows;
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case Boolean b -> b ? "1" : "0";
      case BigDecimal d -> d.unscaledValue().toString();
      case LocalDate d -> Long.toString(d.toEpochDay());
      case LocalDateTime t ->
          Long.toString(
              ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), t));
      case String s -> Base64.getEncoder().encodeToString(s.getBytes(StandardCharsets.UTF_8));
      case ByteBuffer b -> {
        byte[] bytes = new byte[b.remaining()];
        b.duplicate().get(bytes);
        yield Base64.getEncoder().encodeToString(bytes);
      }
      default -> value.toString();
    };
  }
}
