package dev.leat.bench;

import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code ./leat bench NAME …}: see docs/benchmarks.md. */
public final class Bench {
  private static final String USAGE =
      """
      ./leat bench nexmark [EVENTS] [RUNS] [QUERY]   the runtime beside Flink (5000000, 3, all)
      ./leat bench batch FLIGHTS.parquet [RUNS]      run beside plain DuckDB (3)
      ./leat bench stream [EVENTS/S] [WARM] [SECONDS] topic to published mart (100000, 60, 60)
      ./leat bench durability [FOLDER] [RUNS]        what surviving a power cut costs (target, 3)
      ./leat bench start [RUNS]                      up, from the command to the first chart; memory (3)
      """;

  private Bench() {}

  public static void main(String[] args) throws Exception {
    Logger.getLogger("").setLevel(Level.WARNING);
    switch (args.length == 0 ? "" : args[0]) {
      case "nexmark" ->
          NexmarkBench.run(
              number(args, 1, 5_000_000), number(args, 2, 3), args.length > 3 ? args[3] : ".*");
      case "flink" ->
          NexmarkBench.flinkAlone(args[1], Integer.parseInt(args[2]), Integer.parseInt(args[3]));
      case "batch" -> BatchBench.run(Path.of(args[1]).toAbsolutePath(), number(args, 2, 3));
      case "stream" ->
          StreamBench.run(number(args, 1, 100_000), number(args, 2, 60), number(args, 3, 60));
      case "start" -> StartBench.run(number(args, 1, 3));
      case "durability" ->
          DurabilityBench.run(
              Path.of(args.length > 1 ? args[1] : "target").toAbsolutePath(), number(args, 2, 3));
      default -> {
        System.err.print(USAGE);
        System.exit(2);
      }
    }
    System.exit(0);
  }

  private static int number(String[] args, int at, int otherwise) {
    return args.length > at ? Integer.parseInt(args[at]) : otherwise;
  }
}
