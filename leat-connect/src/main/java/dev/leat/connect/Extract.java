package dev.leat.connect;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What was taken from a batch source at one time: never changed, numbered without gaps.
 *
 * @param number from 0
 * @param rows changes that keep the contract
 * @param insertOnly whether every weight is 1: then the file of rows has no {@code _weight} column
 * @param rejected rows that come into the quarantine or leave it
 * @param millis when it was taken, since 1970
 * @param origin what it was taken from
 */
record Extract(
    long number, long rows, boolean insertOnly, long rejected, long millis, Origin origin) {
  /**
   * What an extract was taken from.
   *
   * @param files for a source of files
   * @param header the first line of a CSV file; empty for others
   * @param mark how far an incremental extract has come; none for others
   * @param settled ids of rows that came out of quarantine: those of its rejected rows leave it,
   *     and the others come into it
   */
  record Origin(List<TakenFile> files, String header, Mark mark, List<String> settled) {
    Origin {
      files = List.copyOf(files);
      settled = List.copyOf(settled);
    }

    static Origin of(TakenFile file, String header) {
      return new Origin(List.of(file), header, Mark.NONE, List.of());
    }

    static Origin of(Mark mark) {
      return new Origin(List.of(), "", mark, List.of());
    }

    static Origin of(List<String> settled) {
      return new Origin(List.of(), "", Mark.NONE, settled);
    }
  }

  /**
   * The greatest value of a growing column that was seen.
   *
   * @param of the database, table and column; empty where an older extract does not say
   * @param value empty before the first
   */
  record Mark(String of, String value) {
    static final Mark NONE = new Mark("", "");
  }

  /**
   * A file that was taken.
   *
   * @param path relative to the project folder when it lies in it
   * @param modified milliseconds since 1970
   * @param check over its first and last bytes
   * @param aside whether it could not be read: none of its rows were taken
   */
  record TakenFile(String path, long bytes, long modified, long check, boolean aside) {

    TakenFile putAside() {
      return new TakenFile(path, bytes, modified, check, true);
    }
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("number", number);
    json.writeNumberField("rows", rows);
    json.writeBooleanField("insertOnly", insertOnly);
    json.writeNumberField("rejected", rejected);
    json.writeNumberField("millis", millis);
    json.writeStringField("header", origin.header());
    json.writeStringField("mark", origin.mark().value());
    json.writeStringField("markOf", origin.mark().of());
    json.writeArrayFieldStart("settled");
    for (String id : origin.settled()) {
      json.writeString(id);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("files");
    for (TakenFile file : origin.files()) {
      json.writeStartObject();
      json.writeStringField("path", file.path());
      json.writeNumberField("bytes", file.bytes());
      json.writeNumberField("modified", file.modified());
      json.writeNumberField("check", file.check());
      json.writeBooleanField("aside", file.aside());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Reads on behind the start of the object. */
  static Extract read(JsonParser json) throws IOException {
    long number = 0;
    long rows = 0;
    boolean insertOnly = false;
    long rejected = 0;
    long millis = 0;
    String header = "";
    String mark = "";
    String markOf = "";
    List<String> settled = new ArrayList<>();
    List<TakenFile> files = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "number" -> number = json.getLongValue();
        case "rows" -> rows = json.getLongValue();
        case "insertOnly" -> insertOnly = json.getBooleanValue();
        case "rejected" -> rejected = json.getLongValue();
        case "millis" -> millis = json.getLongValue();
        case "header" -> header = json.getText();
        case "mark" -> mark = json.getText();
        case "markOf" -> markOf = json.getText();
        case "settled" -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            settled.add(json.getText());
          }
        }
        case "files" -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            files.add(file(json));
          }
        }
        default -> json.skipChildren();
      }
    }
    Origin origin = new Origin(files, header, new Mark(markOf, mark), settled);
    return new Extract(number, rows, insertOnly, rejected, millis, origin);
  }

  private static TakenFile file(JsonParser json) throws IOException {
    String path = "";
    long bytes = 0;
    long modified = 0;
    long check = 0;
    boolean aside = false;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "path" -> path = json.getText();
        case "bytes" -> bytes = json.getLongValue();
        case "modified" -> modified = json.getLongValue();
        case "check" -> check = json.getLongValue();
        case "aside" -> aside = json.getBooleanValue();
        default -> json.skipChildren();
      }
    }
    return new TakenFile(path, bytes, modified, check, aside);
  }
}
