package dev.leat.connect;

import com.fasterxml.jackson.core.JsonProcessingException;

/**
 * Why a row breaks its contract.
 *
 * @param field the column or path; empty when the row as a whole is bad
 * @param reason what was found and what was expected
 */
public record Fault(String field, String reason) {

  /** A fault of the whole row. */
  public static Fault ofRow(String reason) {
    return new Fault("", reason);
  }

  /** What a parser says, without the part that is for who wrote the parser. */
  static String notJson(JsonProcessingException e) {
    return "not valid JSON: "
        + e.getOriginalMessage().replaceFirst(" \\(start marker at \\[Source: .*", "");
  }

  @Override
  public String toString() {
    return field.isEmpty() ? reason : field + ": " + reason;
  }
}
