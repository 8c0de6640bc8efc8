package dev.leat.duckdb;

import dev.leat.data.Batch;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Rows in aligned columns. What does not fit the width is cut at the widest columns, and marked
 * with an ellipsis.
 *
 * @param widthColumns of the terminal; 0: as wide as need be
 */
record TextTable(int widthColumns) implements ResultFormat {
  private static final int NARROWEST = 8;
  private static final String BETWEEN = "  ";

  @Override
  public long write(Schema schema, Iterator<Batch> rows, Appendable to) throws IOException {
    List<String[]> lines = new ArrayList<>();
    lines.add(schema.columns().stream().map(Column::name).toArray(String[]::new));
    while (rows.hasNext()) {
      Batch batch = rows.next();
      for (int row = 0; row < batch.size(); row++) {
        lines.add(line(batch, row));
      }
    }
    int[] widths = fitted(widths(schema, lines));
    boolean[] right = new boolean[schema.size()];
    for (int i = 0; i < right.length; i++) {
      right[i] = isNumber(schema.column(i).type());
    }
    print(to, lines.getFirst(), widths, right);
    String[] rule = new String[widths.length];
    Arrays.setAll(rule, i -> "─".repeat(widths[i]));
    print(to, rule, widths, right);
    for (String[] line : lines.subList(1, lines.size())) {
      print(to, line, widths, right);
    }
    return lines.size() - 1L;
  }

  private static boolean isNumber(Type type) {
    return switch (type) {
      case Type.Int _, Type.BigInt _, Type.Float64 _, Type.Decimal _ -> true;
      case Type.Bool _, Type.Varchar _, Type.Varbinary _, Type.Date _, Type.Timestamp _ -> false;
    };
  }

  private static String[] line(Batch batch, int row) {
    String[] line = new String[batch.columns().size()];
    for (int i = 0; i < line.length; i++) {
      line[i] = batch.column(i).isNull(row) ? "NULL" : clean(Values.text(batch, i, row));
    }
    return line;
  }

  /** Control characters would break the lines. */
  private static String clean(String text) {
    boolean plain = text.chars().noneMatch(Character::isISOControl);
    return plain ? text : text.replaceAll("\\p{Cntrl}", "·");
  }

  private static int[] widths(Schema schema, List<String[]> lines) {
    int[] widths = new int[schema.size()];
    for (String[] line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(line[i]));
      }
    }
    return widths;
  }

  /** Takes from the widest column, one by one, until all fit or all are as narrow as may be. */
  private int[] fitted(int[] widths) {
    int total = Arrays.stream(widths).sum() + BETWEEN.length() * (widths.length - 1);
    for (; widthColumns > 0 && total > widthColumns; total--) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static void print(Appendable to, String[] line, int[] widths, boolean[] right)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length; i++) {
      String cell = cut(line[i], widths[i]);
      String blanks = " ".repeat(widths[i] - width(cell));
      text.append(i == 0 ? "" : BETWEEN);
      text.append(right[i] ? blanks : "").append(cell).append(right[i] ? "" : blanks);
    }
    to.append(text.toString().stripTrailing()).append('\n');
  }

  private static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      used += width(character);
      if (used > width - 1) {
        break;
      }
      kept.appendCodePoint(character);
      i += Character.charCount(character);
    }
    return kept.append('…').toString();
  }

  private static int width(String text) {
    return text.codePoints().map(TextTable::width).sum();
  }

  /** Cells of a terminal: none for marks that combine, two for wide scripts and pictures. */
  private static int width(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        (character >= 0x1100 && character <= 0x115F)
            || (character >= 0x2E80 && character <= 0xA4CF)
            || (character >= 0xAC00 && character <= 0xD7A3)
            || (character >= 0xF900 && character <= 0xFAFF)
            || (character >= 0xFE30 && character <= 0xFE6F)
            || (character >= 0xFF00 && character <= 0xFF60)
            || (character >= 0xFFE0 && character <= 0xFFE6)
            || (character >= 0x1F300 && character <= 0x1FAFF)
            || (character >= 0x20000 && character <= 0x3FFFD);
    return wide ? 2 : 1;
  }
}
