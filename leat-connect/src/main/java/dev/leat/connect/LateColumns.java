package dev.leat.connect;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Columns that came into a contract after extracts had been staged, in {@code columns.json}, each
 * with the first extract that counts for it. An older one may have values there, of an earlier
 * contract that had the column too; the table they were read to has dropped them since.
 */
final class LateColumns {
  private static final JsonFactory JSON = new JsonFactory();

  private final Path folder;
  private final Flushing flushing;
  private final Map<String, Since> columns = new ConcurrentHashMap<>();

  /**
   * @param extract the first one that counts
   * @param taken whether the table has been seen with this column since
   */
  private record Since(long extract, boolean taken) {}

  LateColumns(Path folder, Flushing flushing) throws IOException {
    this.folder = folder;
    this.flushing = flushing;
    if (Files.exists(file())) {
      read();
    }
  }

  private Path file() {
    return folder.resolve("columns.json");
  }

  /** The columns that an extract has nothing for, in lower case. */
  Set<String> notIn(long extract) {
    return columns.entrySet().stream()
        .filter(column -> extract < column.getValue().extract())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Compares the contract with the table that the extracts were read to. A column that the table
   * does not have counts from the next extract on; or from where it was noted before, while the
   * table has still not got it.
   */
  void compare(Schema contract, Schema table, long next) throws IOException {
    Map<String, Since> before = Map.copyOf(columns);
    before.forEach((name, since) -> {
      if (table.indexOf(name).isPresent()) {
        columns.put(name, new Since(since.extract(), true));
      }
    });
    for (Column column : contract.columns()) {
      String name = column.name().toLowerCase(Locale.ROOT);
      Since since = before.get(name);
      if (table.indexOf(name).isEmpty() && (since == null || since.taken())) {
        columns.put(name, new Since(next, false));
      }
    }
    if (!columns.equals(before)) {
      write();
    }
  }

  private void read() throws IOException {
    try (JsonParser json = JSON.createParser(file().toFile())) {
      json.nextToken();
      while (json.nextFieldName() instanceof String name) {
        json.nextToken();
        long extract = json.nextLongValue(0);
        columns.put(name, new Since(extract, json.nextToken() == JsonToken.VALUE_TRUE));
        json.nextToken();
      }
      if (json.currentToken() != JsonToken.END_OBJECT) {
        throw Manifests.damaged(file(), "it ends too soon");
      }
    } catch (JsonProcessingException e) {
      throw Manifests.damaged(file(), e.getOriginalMessage());
    }
  }

  private void write() throws IOException {
    Path half = folder.resolve("columns.json.part");
    try (JsonGenerator json = JSON.createGenerator(half.toFile(), JsonEncoding.UTF8)) {
      json.writeStartObject();
      for (Map.Entry<String, Since> column : columns.entrySet()) {
        json.writeArrayFieldStart(column.getKey());
        json.writeNumber(column.getValue().extract());
        json.writeBoolean(column.getValue().taken());
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    flushing.flush(half);
    Files.move(half, file(), StandardCopyOption.ATOMIC_MOVE);
    flushing.flush(folder);
  }
}
