package dev.leat.model;

/** A value that must not be printed: its text form hides it. */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
