package dev.leat.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import sun.misc.Signal;

/**
 * What INT and TERM do to a command that runs until it is stopped. Once it is up, the first ends it
 * in order. Before that, and the second time, it ends at once: what it waits for may never come,
 * and the folder survives a kill at any moment.
 */
final class Stop {
  private static final int SIGNALLED = 128;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final IntConsumer end;
  private boolean up;

  /**
   * @param end ends the process at once, with an exit status
   */
  Stop(IntConsumer end) {
    this.end = end;
  }

  /** Not a shutdown hook: those of libraries run beside it and end the pools that closing needs. */
  void onSignals() {
    Signal.handle(new Signal("INT"), this::signalled);
    Signal.handle(new Signal("TERM"), this::signalled);
  }

  synchronized void signalled(Signal signal) {
    if (up && !isAsked()) {
      asked.countDown();
    } else {
      end.accept(SIGNALLED + signal.getNumber());
    }
  }

  /** From here on there is something to end in order. */
  synchronized void isUp() {
    up = true;
  }

  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Waits; says whether it was asked to stop. */
  boolean await(long seconds) throws InterruptedException {
    return asked.await(seconds, TimeUnit.SECONDS);
  }
}
