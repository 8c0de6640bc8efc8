package dev.leat.connect;

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

  @Override
  public String toString() {
    return field.isEmpty() ? reason : field + ": " + reason;
  }
}
