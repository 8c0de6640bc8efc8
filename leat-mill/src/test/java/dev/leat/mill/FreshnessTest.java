package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.leat.mill.FreshnessLog.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FreshnessTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration OBJECTIVE = Duration.ofSeconds(2);

  @TempDir Path folder;

  private static Measured measured(int publishedSeconds, int ageSeconds) {
    Instant published = NOON.plusSeconds(publishedSeconds);
    return new Measured(published, published.minusSeconds(ageSeconds), false);
  }

  @Test
  void quantilesLeaveOutWhatWaitedForAStart() {
    Measured waited = new Measured(NOON, NOON.minusSeconds(500), true);
    List<Measured> epochs = IntStream.rangeClosed(1, 100).mapToObj(i -> measured(i, i)).toList();
    Freshness freshness =
        new Freshness(Stream.concat(epochs.stream(), List.of(waited).stream()).toList());
    assertThat(freshness.quantile(0.5)).contains(Duration.ofSeconds(51));
    assertThat(freshness.quantile(0.99)).contains(Duration.ofSeconds(100));
    assertThat(freshness.waited()).isEqualTo(1);
    assertThat(new Freshness(List.of(waited)).quantile(0.5)).isEmpty();
  }

  @Test
  void timeThatIsLateIsCountedOnce() {
    // 10 s from the first arrival; late from 2 to 4 and from 6 to 7, the second pair overlapping.
    Freshness freshness = new Freshness(List.of(measured(4, 4), measured(7, 3), measured(7, 3)));
    assertThat(freshness.timeMet(OBJECTIVE, NOON.plusSeconds(10)).orElseThrow())
        .isCloseTo(0.7, within(1e-9));
    assertThat(new Freshness(List.of()).timeMet(OBJECTIVE, NOON)).isEmpty();
    // A row that waited for hours: no more than the hour is late.
    assertThat(new Freshness(List.of(measured(0, 9000))).timeMet(OBJECTIVE, NOON).orElseThrow())
        .isZero();
  }

  @Test
  void whatWasMeasuredSurvivesAKill() throws IOException {
    FreshnessLog log = new FreshnessLog(folder);
    assertThat(log.lastHour(NOON).epochs()).isEmpty();
    log.add(measured(-4000, 1));
    log.add(measured(-10, 1));
    log.add(new Measured(NOON, NOON.minusSeconds(99), true));
    Files.writeString(folder.resolve("freshness.csv"), "17672", StandardOpenOption.APPEND);
    assertThat(new FreshnessLog(folder).lastHour(NOON.plusSeconds(1)).epochs())
        .containsExactly(measured(-10, 1), new Measured(NOON, NOON.minusSeconds(99), true));
  }
}
