package dev.leat.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leat.data.Position;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Epochs and lists of files as they stand in files. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static byte[] write(Epoch epoch) throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("epoch", epoch.number());
    root.put("time", epoch.time().toString());
    ObjectNode tables = root.putObject("tables");
    epoch.tables().forEach((name, version) -> tables.set(name, version(version)));
    ObjectNode positions = root.putObject("positions");
    epoch
        .positions()
        .forEach((source, position) -> {
          ObjectNode offsets = positions.putObject(source);
          position.offsets().forEach((k, v) -> offsets.put(k.toString(), v));
        });
    return MAPPER.writeValueAsBytes(root);
  }

  private static ObjectNode version(TableVersion version) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("metadata", version.metadataLocation());
    node.put("list", version.filesLocation());
    node.put("snapshot", version.snapshotId());
    node.put("rows", version.rows());
    node.put("files", version.files());
    node.put("bytes", version.bytes());
    node.put("changed", version.changed());
    ArrayNode columns = node.putArray("columns");
    for (int i = 0; i < version.schema().size(); i++) {
      Column column = version.schema().column(i);
      columns
          .addObject()
          .put("id", version.fieldIds().get(i))
          .put("name", column.name())
          .put("type", column.type().sql())
          .put("nullable", column.nullable());
    }
    return node;
  }

  static Epoch readEpoch(byte[] json) throws IOException {
    JsonNode root = MAPPER.readTree(json);
    SortedMap<String, TableVersion> tables = new TreeMap<>();
    root.path("tables").properties().forEach(e -> tables.put(e.getKey(), version(e.getValue())));
    SortedMap<String, Position> positions = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : root.path("positions").properties()) {
      SortedMap<Integer, Long> offsets = new TreeMap<>();
      entry
          .getValue()
          .properties()
          .forEach(o -> offsets.put(Integer.valueOf(o.getKey()), o.getValue().asLong()));
      positions.put(entry.getKey(), new Position(offsets));
    }
    return new Epoch(
        root.required("epoch").asLong(),
        Instant.parse(root.required("time").asText()),
        tables,
        positions);
  }

  private static TableVersion version(JsonNode node) {
    List<Column> columns = new ArrayList<>();
    List<Integer> ids = new ArrayList<>();
    for (JsonNode column : node.required("columns")) {
      columns.add(
          new Column(
              column.required("name").asText(),
              type(column.required("type").asText()),
              column.required("nullable").asBoolean()));
      ids.add(column.required("id").asInt());
    }
    return new TableVersion(
        node.required("metadata").asText(),
        node.required("list").asText(),
        node.required("snapshot").asLong(),
        new Schema(columns),
        ids,
        node.required("rows").asLong(),
        node.required("files").asInt(),
        node.required("bytes").asLong(),
        node.required("changed").asLong());
  }

  private static Type type(String sql) {
    if (sql.startsWith("DECIMAL(")) {
      int comma = sql.indexOf(',');
      return Type.decimal(
          Integer.parseInt(sql.substring(8, comma)),
          Integer.parseInt(sql.substring(comma + 1, sql.length() - 1)));
    }
    return switch (sql) {
      case "BOOLEAN" -> Type.BOOLEAN;
      case "INTEGER" -> Type.INTEGER;
      case "BIGINT" -> Type.BIGINT;
      case "DOUBLE" -> Type.DOUBLE;
      case "VARCHAR" -> Type.VARCHAR;
      case "VARBINARY" -> Type.VARBINARY;
      case "DATE" -> Type.DATE;
      case "TIMESTAMP" -> Type.TIMESTAMP;
      default -> throw new IllegalArgumentException("type " + sql);
    };
  }

  static byte[] write(FileList list) throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    ArrayNode files = root.putArray("files");
    for (FileList.Entry entry : list.entries()) {
      ObjectNode file = files.addObject();
      file.put("path", entry.path()).put("rows", entry.rows()).put("bytes", entry.bytes());
      if (entry.tail()) {
        file.put("tail", true);
      }
      entry
          .deletions()
          .ifPresent(d ->
              file.putObject("deleted")
                  .put("path", d.path())
                  .put("fileBytes", d.fileBytes())
                  .put("offset", d.offset())
                  .put("bytes", d.bytes())
                  .put("rows", d.rows()));
    }
    ArrayNode references = root.putArray("references");
    list.references().forEach(references::add);
    return MAPPER.writeValueAsBytes(root);
  }

  static FileList readFileList(byte[] json) throws IOException {
    JsonNode root = MAPPER.readTree(json);
    List<FileList.Entry> entries = new ArrayList<>();
    for (JsonNode file : root.required("files")) {
      JsonNode deleted = file.path("deleted");
      entries.add(
          new FileList.Entry(
              file.required("path").asText(),
              file.required("rows").asLong(),
              file.required("bytes").asLong(),
              file.path("tail").asBoolean(),
              deleted.isMissingNode() ? Optional.empty() : Optional.of(deletions(deleted))));
    }
    List<String> references = new ArrayList<>();
    root.required("references").forEach(r -> references.add(r.asText()));
    return new FileList(entries, references);
  }

  private static FileList.Deletions deletions(JsonNode node) {
    return new FileList.Deletions(
        node.required("path").asText(),
        node.required("fileBytes").asLong(),
        node.required("offset").asLong(),
        node.required("bytes").asLong(),
        node.required("rows").asLong());
  }
}
