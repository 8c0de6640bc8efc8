package dev.leat.connect;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.leat.data.Batch;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The oracle is FastCSV: both must find the same fields. */
class CsvRowsTest {
  private static final Schema TEXTS =
      Schema.of(
          Column.optional("a", Type.VARCHAR),
          Column.optional("b", Type.VARCHAR),
          Column.optional("c", Type.VARCHAR));

  @Test
  void findsTheFieldsThatFastCsvFinds() throws IOException {
    for (long seed = 1; seed <= 300; seed++) {
      String text = "a,b,c\n" + random(new Random(seed));
      assertThat(ours(text)).as("seed " + seed + ": " + text).isEqualTo(fastCsv(text));
    }
  }

  private static String random(Random random) {
    StringBuilder text = new StringBuilder();
    String[] pieces = {"x", "é☃", " ", ",", "\n", "\r\n", "\"\"", "5", "'", ";"};
    for (int row = 0; row < random.nextInt(20); row++) {
      for (int field = 0; field < 3; field++) {
        text.append(field == 0 ? "" : ",");
        boolean quoted = random.nextBoolean();
        text.append(quoted ? "\"" : "");
        text.append(field == 0 && !quoted ? "k" : "");
        for (int i = random.nextInt(5); i > 0; i--) {
          String piece = pieces[random.nextInt(pieces.length)];
          boolean special = piece.matches("[,\n\r\"]+");
          text.append(special && !quoted ? "y" : piece);
        }
        text.append(quoted ? "\"" : "");
      }
      text.append(random.nextInt(4) == 0 ? "\r\n" : "\n");
    }
    return text.toString();
  }

  private static List<List<String>> ours(String text) throws IOException {
    List<List<String>> found = new ArrayList<>();
    CsvRows csv =
        new CsvRows(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            new Contract("t", TEXTS, List.of()),
            (row, fault, raw) -> found.add(List.of(row + ": " + fault)));
    RecordBatches rows = new RecordBatches(TEXTS, csv);
    while (rows.hasNext()) {
      Batch batch = rows.next();
      for (int row = 0; row < batch.size(); row++) {
        List<String> fields = new ArrayList<>();
        for (int column = 0; column < 3; column++) {
          fields.add(batch.bytes(column).string(row)); // NULL is empty, as FastCSV has it
        }
        found.add(fields);
      }
    }
    return found;
  }

  private static List<List<String>> fastCsv(String text) throws IOException {
    List<List<String>> found = new ArrayList<>();
    try (CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(text)) {
      for (CsvRecord csv : records) {
        found.add(csv.getFields());
      }
    }
    return found.subList(1, found.size());
  }
}
