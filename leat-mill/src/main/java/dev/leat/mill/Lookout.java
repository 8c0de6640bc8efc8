package dev.leat.mill;

import dev.leat.connect.Pull;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.util.function.BooleanSupplier;

/** Looks for new data of one batch source, again and again; what goes wrong is told, once. */
final class Lookout {
  private final Pull pull;
  private final Troubles troubles;

  /**
   * @param troubles where the trouble of the last look stands, under {@link #key}
   */
  Lookout(Pull pull, Troubles troubles) {
    this.pull = pull;
    this.troubles = troubles;
  }

  static String key(String table) {
    return table + " (look)";
  }

  /** Until told to stop, or interrupted. */
  void run(BooleanSupplier stopping) {
    while (!stopping.getAsBoolean()) {
      look();
      try {
        Thread.sleep(pull.every());
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void look() {
    try {
      pull.pull();
      troubles.over(key(pull.table()));
    } catch (LeatException e) {
      tell(e.problems().getFirst());
    } catch (RuntimeException | Error e) { // drivers are anybody's
      tell(
          Problem.of(
              ErrorCode.ENGINE_FAILED,
              "Looking for new data of " + pull.table() + " failed: " + e,
              "It is tried again. Please report this."));
    }
  }

  private void tell(Problem problem) {
    troubles.are(key(pull.table()), problem);
  }
}
