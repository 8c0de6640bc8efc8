package dev.leat.runtime;

import java.io.IOException;

/** A part of the state as it was at one moment, written later, perhaps by another thread. */
interface Image {
  void write(StateOutput out) throws IOException;

  /** One after the other. */
  static Image both(Image first, Image second) {
    return out -> {
      first.write(out);
      second.write(out);
    };
  }
}
