package dev.leat.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leat.model.Durability;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes no more: the process lives, says why, and keeps what it acknowledged. */
class DiskFullTest {
  private static final int RECORD_BYTES = 50_000;

  @TempDir Path folder;

  /** Appends until the broker gives up; prints how many it acknowledged and why it gave up. */
  public static void main(String[] args) throws InterruptedException {
    EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), Durability.PROCESS);
    Log log = Log.connect(broker.address());
    log.create("t", Duration.ofDays(1));
    AtomicInteger acknowledged = new AtomicInteger();
    Thread.ofVirtual()
        .start(() -> {
          Random random = new Random(1);
          while (true) {
            byte[] value = new byte[RECORD_BYTES];
            random.nextBytes(value);
            log.append("t", Entry.NO_KEY, value).join();
            acknowledged.incrementAndGet();
          }
        });
    while (broker.failure().isEmpty()) {
      Thread.sleep(20);
    }
    System.out.println(acknowledged.get());
    System.out.println(broker.failure().orElseThrow());
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  @Test
  void aFullDiskIsToldAndNothingAcknowledgedIsLost() throws Exception {
    Path shell = Path.of("/bin/bash");
    assumeTrue(Files.isExecutable(shell), "needs bash to limit the size of files");
    Process process =
        new ProcessBuilder(
                shell.toString(),
                "-c",
                "ulimit -f 15000; exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                DiskFullTest.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    }
    assertThat(process.waitFor()).isZero();
    assertThat(lines).hasSize(2);
    assertThat(lines.getLast()).contains("The broker stopped");
    long acknowledged = Long.parseLong(lines.getFirst());
    assertThat(acknowledged).isBetween(200L, 310L);

    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, Durability.PROCESS);
        Log log = Log.connect(broker.address());
        LogReader reader = log.reader("t")) {
      long end = reader.end().getOrDefault(0, 0L);
      assertThat(end).isGreaterThanOrEqualTo(acknowledged);
      assertThat(reader.read(0, 0, end, 1000).size()).isGreaterThanOrEqualTo((int) acknowledged);
    }
  }
}
