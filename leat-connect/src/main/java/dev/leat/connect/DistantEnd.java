package dev.leat.connect;

import dev.leat.data.Position;
import dev.leat.log.LogReader;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How far a topic of a cluster elsewhere goes, asked over and over beside the work: a cluster that
 * is away keeps nobody waiting. Asks from the first question to {@link #close}.
 */
final class DistantEnd implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final LogReader reader;
  private final Supplier<Optional<String>> identified;
  private Optional<Thread> asking = Optional.empty();
  private volatile Optional<Position> answer = Optional.empty();
  private volatile Optional<String> identity = Optional.empty();
  private volatile Optional<RuntimeException> failure = Optional.empty();
  private volatile boolean closed;

  /**
   * @param reader used by nobody else, and closed with this
   * @param identified which topic there is; asked anew when the cluster had not answered
   */
  DistantEnd(LogReader reader, Supplier<Optional<String>> identified) {
    this.reader = reader;
    this.identified = identified;
  }

  /**
   * The newest answer; empty before the first.
   *
   * @throws dev.leat.model.LeatException when the last question was not answered
   */
  Optional<Position> newest() {
    if (asking.isEmpty()) {
      asking = Optional.of(Thread.ofVirtual().name("leat-distant-end").start(this::ask));
    }
    failure.ifPresent(e -> {
      throw e;
    });
    return answer;
  }

  /** Which topic there is now. */
  Optional<String> topic() {
    return identified.get();
  }

  /** Which topic it is that the newest answer is of. */
  Optional<String> identity() {
    return identity;
  }

  private void ask() {
    try (reader) {
      while (!closed) {
        Thread.sleep(answered() ? PAUSE : PAUSE_AFTER_FAILURE);
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  private boolean answered() {
    try {
      Position end = new Position(reader.end());
      if (answer.isEmpty() || failure.isPresent()) {
        identity = topic();
      }
      answer = Optional.of(end);
      failure = Optional.empty();
    } catch (RuntimeException e) { // whatever it is: whoever asks must hear of it
      failure = Optional.of(e);
    }
    return failure.isEmpty();
  }

  @Override
  public void close() {
    closed = true;
    asking.ifPresentOrElse(Thread::interrupt, reader::close);
  }
}
