package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.connect.Pull;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LookoutTest {

  /** A driver that lacks a part of itself fails so, perhaps only once. */
  @Test
  void aDriverThatBreaksIsToldAndAskedAgain() throws Exception {
    CountDownLatch again = new CountDownLatch(2);
    Troubles troubles = new Troubles(Progress.SILENT);
    AtomicInteger looks = new AtomicInteger();
    Pull pull =
        new Pull() {
          @Override
          public String table() {
            return "orders";
          }

          @Override
          public Duration every() {
            return Duration.ofMillis(1);
          }

          @Override
          public void pull() {
            again.countDown();
            if (looks.incrementAndGet() == 1) {
              throw new NoClassDefFoundError("org/example/Driver$Part");
            }
          }
        };
    Thread looking =
        Thread.ofVirtual().start(() -> new Lookout(pull, troubles).run(() -> looks.get() > 2));
    assertThat(again.await(60, TimeUnit.SECONDS)).as("looked again").isTrue();
    looking.join();
  }
}
