package dev.leat.engine;

/**
 * How one operator of a plan is kept right, and what that takes.
 *
 * @param how for people: what is kept, what a change costs, or why there is no other way
 */
public record Rule(Kind kind, String how) {

  /** From the cheapest to the dearest. */
  public enum Kind {
    /** Each changed row by itself; nothing is kept. */
    PASSING("passes"),
    /** State by key; a step costs by what changes. */
    KEYED("keyed"),
    /**
     * The rows or values of each group are kept, and each group that a change touches is worked out
     * anew; a step costs by the size of those groups, so few large steps are better than many.
     */
    GROUPS("groups"),
    /** There is no form but the query itself over all rows. */
    WHOLE("whole");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** One word, as {@code explain} shows it. */
    public String label() {
      return label;
    }
  }
}
