package dev.leat.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.model.Durability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at a moment nobody chose: every acknowledged record is there, once, in order. */
class BrokerKillTest {
  private static final int KILLS = 2;

  @TempDir Path folder;

  /** Starts a broker, appends numbered records, prints the highest that is acknowledged. */
  public static void main(String[] args) {
    EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), Durability.valueOf(args[2]));
    Log log = Log.connect(broker.address());
    log.create("t", Duration.ofDays(1));
    for (int next = Integer.parseInt(args[1]); ; next += 50) {
      List<Entry> entries = new ArrayList<>();
      for (int i = next; i < next + 50; i++) {
        entries.add(Entry.of(Integer.toString(i).getBytes(StandardCharsets.US_ASCII)));
      }
      log.append("t", entries).join();
      System.out.println(next + 50);
      System.out.flush();
    }
  }

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    int acknowledged = 0;
    int from = 0;
    Map<Integer, Integer> roundStarts = new HashMap<>();
    for (int kill = 0; kill < KILLS; kill++) {
      roundStarts.put(kill, from);
      acknowledged = killedAfter(from, 40 + kill * 37, Durability.values()[kill % 2]);
      from = acknowledged + 1000; // records on their way at the kill may or may not be there
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, Durability.PROCESS);
        Log log = Log.connect(broker.address());
        LogReader reader = log.reader("t")) {
      long end = reader.end().getOrDefault(0, 0L);
      Records records = reader.read(0, 0, end, 1 << 24);
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < records.size(); i++) {
        numbers.add(Integer.parseInt(new String(records.value(i), StandardCharsets.US_ASCII)));
      }
      assertThat(numbers).isSorted().doesNotHaveDuplicates();
      assertThat(numbers).contains(acknowledged - 1).containsAll(roundStarts.values());
      for (int i = 0; i < numbers.size() - 1; i++) {
        boolean follows = numbers.get(i + 1) == numbers.get(i) + 1;
        assertThat(follows || roundStarts.containsValue(numbers.get(i + 1)))
            .as("after %d comes %d", numbers.get(i), numbers.get(i + 1))
            .isTrue();
      }
    }
  }

  /** Kills a broker with signal 9 after it has acknowledged some batches; what it acknowledged. */
  private int killedAfter(int from, int batches, Durability durability)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerKillTest.class.getName(),
                folder.toString(),
                Integer.toString(from),
                durability.name())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int acknowledged = from;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (int i = 0; i < batches; i++) {
        acknowledged = Integer.parseInt(lines.readLine());
      }
      process.toHandle().destroyForcibly(); // leaves its output readable
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged = Math.max(acknowledged, Integer.parseInt(line)); // the last may be cut
      }
    }
    process.waitFor();
    return acknowledged;
  }
}
