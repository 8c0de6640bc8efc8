package dev.leat.connect;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.duckdb.Answer;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.Session;
import dev.leat.model.LeatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A row of a file, read as a small file of the same form: a line of CSV below the header of the
 * file it came from, or a JSON object, which does for files of any form. A file that was put aside
 * whole is read whole.
 */
record FileReading(Contract contract, Staging staging, DuckDb duckDb) implements Releases.Reading {
  private static final String KEPT = "kept as ";

  @Override
  public Optional<Fault> read(Release.Held held, byte[] record, BatchBuilder into) {
    try {
      Path folder = Files.createTempDirectory(staging.folder(), "again-");
      Path file = folder.resolve("rows");
      try {
        Extract from = from(held);
        file = folder.resolve("rows" + suffix(from, record));
        Files.write(file, content(from, record, file));
        return read(file, into);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Fault> read(Path file, BatchBuilder into) {
    List<Fault> faults = new ArrayList<>();
    try (Session session = duckDb.session()) {
      String select =
          new FileRows(session, contract, (_, fault, _) -> faults.add(fault)).select(file);
      try (Answer answer = session.query(select, contract.schema())) {
        Batch rows = answer.rest();
        if (faults.isEmpty() && rows.isEmpty()) {
          return Optional.of(Fault.ofRow("there is no row in it"));
        }
        for (int row = 0; faults.isEmpty() && row < rows.size(); row++) {
          into.appendRow(rows, row, 1);
        }
      }
    } catch (LeatException e) {
      return Optional.of(Fault.ofRow(e.problems().getFirst().message()));
    } catch (IOException | UncheckedIOException e) {
      return Optional.of(Fault.ofRow("it cannot be read: " + e.getMessage()));
    }
    return faults.stream().findFirst();
  }

  /** The extract in which the row was rejected. */
  private Extract from(Release.Held held) {
    return staging.extract(Long.parseLong(held.position().replaceFirst(":.*", "")));
  }

  private static String suffix(Extract from, byte[] record) {
    String name = from.origin().files().getFirst().path();
    String text = new String(record, StandardCharsets.ISO_8859_1).stripLeading();
    if (text.startsWith("{") || text.startsWith("[")) {
      return ".json";
    }
    String whole = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (text.startsWith(KEPT)) {
      return dots(whole);
    }
    boolean zipped = record.length > 1 && record[0] == 0x1f && (record[1] & 0xff) == 0x8b;
    String plain = dots(whole.replaceFirst("\\.gz$", ""));
    return zipped ? plain + ".gz" : plain;
  }

  /** From its last dot on, or from the one before a last {@code .gz}. */
  private static String dots(String name) {
    int end = name.endsWith(".gz") ? name.length() - 3 : name.length();
    int dot = name.lastIndexOf('.', end - 1);
    return dot < 0 ? "" : name.substring(dot);
  }

  private byte[] content(Extract from, byte[] record, Path as) throws IOException {
    String text = new String(record, StandardCharsets.UTF_8);
    if (text.startsWith(KEPT)) {
      Path kept = Path.of(text.substring(KEPT.length())).normalize();
      if (kept.startsWith(staging.folder().resolve("aside")) && Files.exists(kept)) {
        return Files.readAllBytes(kept);
      }
    }
    String header = from.origin().header();
    boolean whole = header.isEmpty() || as.toString().endsWith(".json") || text.startsWith(header);
    if (whole) {
      return record;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes((header + "\n").getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(record);
    return bytes.toByteArray();
  }
}
