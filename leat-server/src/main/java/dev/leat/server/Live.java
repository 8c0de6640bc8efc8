package dev.leat.server;

import java.util.function.Consumer;

/** How the mill is doing right now. Safe for use by many threads. */
public interface Live {

  /** The newest picture. Cheap: it is asked for by every page that opens. */
  Status status();

  /**
   * Calls with every new picture: at least at every epoch, and about once a second in between while
   * something moves. The calls come one after another and must not be held up.
   *
   * @return closed to be called no more
   */
  Subscription subscribe(Consumer<Status> to);

  /** Ends a subscription when closed. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
