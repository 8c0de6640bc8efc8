package dev.leat.connect;

import java.time.Duration;

/** A batch source that looks for new data when told, and stages what it finds as an extract. */
public interface Pull {

  /** The name of the source table. */
  String table();

  /** How often to look. */
  Duration every();

  /**
   * Looks now. Finding nothing is no error.
   *
   * @throws dev.leat.model.LeatException when the source cannot be reached or read; nothing is
   *     staged then, and a later call tries again
   */
  void pull();
}
