package dev.leat.server;

import java.util.List;

/**
 * What can be done with rows in quarantine. Each of these is done for all rows named, in the next
 * epoch, or for none: then a {@link dev.leat.model.LeatException} says why.
 */
public interface QuarantineActions {

  /** Sends rows in again as they came. */
  void replay(List<String> ids);

  /** Sends a corrected record in place of a row. */
  void correct(String id, byte[] record);

  /** Takes rows off the list; they go nowhere. */
  void drop(List<String> ids);
}
