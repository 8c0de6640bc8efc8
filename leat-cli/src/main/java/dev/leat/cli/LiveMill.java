package dev.leat.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.leat.connect.Quarantine;
import dev.leat.lake.Epoch;
import dev.leat.lake.Lake;
import dev.leat.lake.TableVersion;
import dev.leat.mill.Mill;
import dev.leat.mill.MillStatus;
import dev.leat.mill.Upkeep;
import dev.leat.model.Project;
import dev.leat.model.Source;
import dev.leat.server.Live;
import dev.leat.server.Status;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Pictures of a running mill, taken a few times a second, with rates from one to the next. */
final class LiveMill implements Live, AutoCloseable {
  private static final long LOOK_MILLIS = 250;
  private static final int QUIET_LOOKS = 4;
  private static final int RATE_LOOKS = 12;
  private static final int EPOCHS = 60;

  private static final Logger LOG = Logger.getLogger(LiveMill.class.getName());

  private final Mill mill;
  private final Lake lake;
  private final Map<String, Source> sources = new HashMap<>();
  private final Instant started = Instant.now();
  private final List<Consumer<Status>> listeners = new CopyOnWriteArrayList<>();
  private final List<Look> looks = new ArrayList<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("leat-live").daemon().factory());
  private volatile Status status;
  private long told;
  private int quiet;

  /** What was counted when. */
  private record Look(long nanos, long cpuNanos, Map<String, Long> rows) {}

  LiveMill(Project project, Mill mill, Lake lake) {
    this.mill = mill;
    this.lake = lake;
    project
        .sources()
        .forEach(source -> source.tables().forEach(table -> sources.put(table.name(), source)));
    this.status = look();
    clock.scheduleWithFixedDelay(this::tick, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public Subscription subscribe(Consumer<Status> to) {
    listeners.add(to);
    return () -> listeners.remove(to);
  }

  /** What throws is not called again by the clock; a lake that cannot be read now may be later. */
  private void tick() {
    try {
      status = look();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The status of the mill cannot be told", e);
      return;
    }
    if (status.epoch() != told || ++quiet >= QUIET_LOOKS) {
      told = status.epoch();
      quiet = 0;
      listeners.forEach(listener -> listener.accept(status));
    }
  }

  private Status look() {
    MillStatus now = mill.status();
    Map<String, Long> rows = new HashMap<>();
    now.sources().forEach(source -> rows.put(source.table(), source.rows()));
    now.tables().forEach(table -> rows.put(table.table(), table.rowsOut()));
    looks.add(new Look(System.nanoTime(), cpuNanos(), rows));
    if (looks.size() > RATE_LOOKS) {
      looks.removeFirst();
    }
    Optional<Epoch> epoch = lake.newest();
    return new Status(
        now.at(),
        epoch.map(Epoch::number).orElse(0L),
        epochs(now),
        now.sources().stream().map(source -> source(source, epoch)).toList(),
        now.tables().stream().map(table -> table(table, epoch)).toList(),
        freshness(now),
        epoch.flatMap(e -> e.table(Quarantine.TABLE)).map(TableVersion::rows).orElse(0L),
        Optional.of(process()));
  }

  private static List<Status.EpochStatus> epochs(MillStatus now) {
    return now.recent().stream()
        .limit(EPOCHS)
        .map(e -> new Status.EpochStatus(e.epoch(), e.time(), e.rows(), e.took()))
        .toList();
  }

  private Status.SourceStatus source(MillStatus.SourceStatus source, Optional<Epoch> epoch) {
    Source of = Objects.requireNonNull(sources.get(source.table()));
    return new Status.SourceStatus(
        source.table(),
        of.name(),
        of.kind(),
        epoch.map(e -> ProjectStatus.position(e, source.table())).orElse(""),
        epoch.flatMap(e -> e.table(source.table())).map(TableVersion::rows).orElse(0L),
        source.rows(),
        rate(source.table()),
        source.lag(),
        source.behind(),
        source.rejected(),
        source.newest(),
        source.trouble().map(Object::toString));
  }

  private Status.TableStatus table(MillStatus.TableStatus table, Optional<Epoch> epoch) {
    Optional<TableVersion> version = epoch.flatMap(e -> e.table(table.table()));
    String trouble = table.trouble().map(problem -> "Stopped: " + problem).orElse("");
    return switch (table.upkeep()) {
      case Upkeep.Live _ ->
          tableStatus(table, version, Status.Mode.LIVE, trouble.isEmpty() ? "kept live" : trouble);
      case Upkeep.ByGroup byGroup ->
          tableStatus(
              table,
              version,
              Status.Mode.LIVE,
              trouble.isEmpty() ? "kept live, at each epoch: " + byGroup.how() : trouble);
      case Upkeep.Recomputed recomputed ->
          tableStatus(
              table,
              version,
              Status.Mode.RECOMPUTED,
              trouble.isEmpty() ? recomputed.reason() : trouble);
    };
  }

  private Status.TableStatus tableStatus(
      MillStatus.TableStatus table, Optional<TableVersion> version, Status.Mode mode, String why) {
    return new Status.TableStatus(
        table.table(),
        mode,
        why,
        version.map(TableVersion::rows).orElse(0L),
        version.map(TableVersion::bytes).orElse(0L),
        rate(table.table()),
        version.map(TableVersion::changed).orElse(0L));
  }

  /** Rows a second over the last looks. */
  private double rate(String relation) {
    Look first = looks.getFirst();
    Look last = looks.getLast();
    double seconds = (last.nanos() - first.nanos()) / 1e9;
    long rows = last.rows().getOrDefault(relation, 0L) - first.rows().getOrDefault(relation, 0L);
    return seconds > 0 ? rows / seconds : 0;
  }

  private static Status.Freshness freshness(MillStatus now) {
    List<Duration> sorted =
        now.recent().stream()
            .filter(e -> e.rows() > 0 && !e.waited())
            .map(MillStatus.Published::freshness)
            .sorted()
            .toList();
    return sorted.isEmpty()
        ? Status.Freshness.UNKNOWN
        : new Status.Freshness(
            Optional.of(sorted.get(sorted.size() / 2)),
            Optional.of(sorted.get(Math.min(sorted.size() - 1, sorted.size() * 99 / 100))));
  }

  private Status.ProcessStatus process() {
    Look first = looks.getFirst();
    Look last = looks.getLast();
    long nanos = last.nanos() - first.nanos();
    Runtime runtime = Runtime.getRuntime();
    return new Status.ProcessStatus(
        started,
        nanos > 0 ? (double) (last.cpuNanos() - first.cpuNanos()) / nanos : 0,
        runtime.totalMemory() - runtime.freeMemory(),
        residentBytes());
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** What Linux says; 0 where there is no /proc. */
  private static long residentBytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .map(line -> line.replaceAll("\\D", ""))
              .mapToLong(Long::parseLong)
              .findFirst()
              .orElse(0)
          * 1024;
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
