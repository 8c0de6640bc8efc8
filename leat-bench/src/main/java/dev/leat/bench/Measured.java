package dev.leat.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a stretch of work took.
 *
 * @param seconds on the clock
 * @param cpuSeconds of all threads of this process
 */
record Measured(double seconds, double cpuSeconds) {

  /** The moment measuring began. */
  record Start(long nanos, long cpuNanos) {}

  static Start start() {
    return new Start(System.nanoTime(), cpuNanos());
  }

  static Measured since(Start start) {
    return new Measured(
        (System.nanoTime() - start.nanos()) / 1e9, (cpuNanos() - start.cpuNanos()) / 1e9);
  }

  /** CPU-microseconds each of so many events cost. */
  double cpuMicrosPer(long events) {
    return cpuSeconds * 1e6 / events;
  }

  /** The run with the median CPU cost of several, after one that does not count. */
  static Measured median(int runs, Supplier<Measured> work) {
    var _ = work.get();
    List<Measured> all = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      System.gc();
      all.add(work.get());
    }
    all.sort(Comparator.comparingDouble(Measured::cpuSeconds));
    return all.get(runs / 2);
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
