package dev.leat.model;

import java.util.Locale;
import java.util.Map;

/**
 * The file {@code sources/NAME.schema.yaml}: contracts that were inferred because the source gives
 * no {@code columns}. It is written once, for review, and from then on is the contract.
 */
public final class InferredSchemas {
  private InferredSchemas() {}

  /** Path of a source's file, relative to the folder. */
  public static String file(String source) {
    return "sources/" + source + ".schema.yaml";
  }

  /** The text of the file, for these tables in this order. */
  public static String text(Map<String, Schema> tables) {
    var text = new StringBuilder();
    text.append("# Inferred from the data. Review it: from now on this is the contract.\n");
    text.append("tables:\n");
    tables.forEach((table, schema) -> {
      text.append("  ").append(quoted(table)).append(":\n    columns:\n");
      schema.columns().forEach(c -> text.append(line(c)));
    });
    return text.toString();
  }

  private static String line(Column column) {
    String type = column.type().sql().toLowerCase(Locale.ROOT);
    String need = column.nullable() ? "" : " not null";
    return "      " + quoted(column.name()) + ": \"" + type + need + "\"\n";
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
