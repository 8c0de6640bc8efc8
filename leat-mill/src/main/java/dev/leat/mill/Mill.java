package dev.leat.mill;

import dev.leat.data.Batch;
import dev.leat.data.Position;
import dev.leat.engine.Circuit;
import dev.leat.lake.Epoch;
import dev.leat.lake.Lake;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a project's tables right while it runs: one thread reads and steps, one publishes, and
 * others look for new extracts and look after the lake.
 *
 * <p>{@code loop: read (a..b] of every input → step every early table → now and then hand what has
 * changed to the publisher}. The publisher makes one epoch at a time; while it does, stepping goes
 * on toward the next.
 */
public final class Mill implements AutoCloseable {
  private static final Duration GATHER = Duration.ofMillis(10); // many tiny steps cost more
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final String LOG = "(log)";
  private static final String PUBLISHING = "(publishing)";

  private final Workspace workspace;
  private final MillOptions options;
  private final Works works;
  private final Recovery.Way recoveredBy;
  private final Publisher publisher;
  private final Saver saver;
  private final History history;
  private final Lake lake;
  private final List<Input> inputs;
  private final BlockingQueue<Handoff> handoffs = new ArrayBlockingQueue<>(1);
  private final Troubles troubles;
  private final Map<String, Long> lags = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopping;
  private volatile boolean abandoned;
  private volatile long newest;
  private volatile long held;
  private volatile Optional<Problem> failure = Optional.empty(); // for good

  /** What the stepping thread gives the publisher: changes, and state when it is to be saved. */
  private record Handoff(EpochChanges changes, Optional<Map<String, Circuit.Frozen>> state) {}

  /**
   * A mill over a workspace whose tables are filled ({@link Workspace#fill}).
   *
   * @param filled what filling did: decides whether a state snapshot may be used
   */
  Mill(Workspace workspace, Filled filled, MillOptions options) {
    this.workspace = workspace;
    this.options = options;
    this.troubles = new Troubles(options.progress());
    this.lake = workspace.lake();
    this.inputs = workspace.inputs();
    Snapshots snapshots = new Snapshots(workspace.project());
    this.saver = new Saver(snapshots, options.watch(), options.progress());
    this.history = new History(workspace.stateFolder(), options.clock(), options.progress());
    Recovery recovery =
        new Recovery(
            workspace.compiled().tables(),
            workspace.engine(),
            inputs,
            lake,
            workspace.duck(),
            snapshots,
            options.clock(),
            options.progress());
    Recovery.Recovered recovered = recovery.recover(lake.newest().orElseThrow(), filled.fill());
    this.newest = recovered.epoch().number();
    this.works = recovered.works();
    works.startWithout(filled.stopped());
    this.recoveredBy = recovered.way();
    this.publisher =
        new Publisher(
            lake,
            recovered.epoch(),
            works,
            workspace.definitions(),
            workspace.duck(),
            workspace.schemas(),
            options.clock(),
            options.watch());
  }

  /** Starts to work; returns at once. */
  public void start() {
    threads.add(Thread.ofPlatform().name("leat-mill").start(this::loop));
    threads.add(Thread.ofPlatform().name("leat-publisher").start(this::publishLoop));
    threads.add(
        Thread.ofPlatform()
            .name("leat-lake")
            .daemon()
            .start(() -> new Caretaker(workspace, options).run(() -> stopping)));
    workspace
        .pulls()
        .forEach(pull ->
            threads.add(
                Thread.ofVirtual()
                    .name("leat-pull-" + pull.table())
                    .start(() -> new Lookout(pull, troubles).run(() -> stopping))));
  }

  // ---- reading and stepping

  private void loop() {
    try {
      readUntilStopped();
    } catch (RuntimeException | Error e) {
      giveUp(e);
    }
  }

  /**
   * Something that was not foreseen: what is in memory may be wrong, so nothing more is published
   * by this process. The log and the lake have everything; a restart goes on from them.
   */
  private void giveUp(Throwable e) {
    abandoned = true;
    Problem problem =
        Problem.of(
            ErrorCode.ENGINE_FAILED,
            "The mill stopped: " + e,
            "Start the project again: nothing that was accepted is lost. Please report this.");
    failure = Optional.of(problem);
    options.progress().trouble(problem);
  }

  private void readUntilStopped() {
    EpochChanges changes = nextEpoch(lake.newest().orElseThrow().positions());
    Instant due = options.clock().instant();
    Instant saveDue = due.plus(options.snapshotEvery());
    int rows = options.stepRows();
    while (!stopping) {
      int read = changes.bytesHeld() < options.heldBytesMax() ? readAndStep(changes, rows) : 0;
      held = changes.rowsHeld();
      boolean behind = read >= rows;
      rows = adapt(rows, read);
      Instant now = options.clock().instant();
      if (!changes.isEmpty() && !now.isBefore(due)) {
        boolean save = !now.isBefore(saveDue) && saver.idle();
        if (handoffs.remainingCapacity() > 0) {
          handoffs.add(new Handoff(changes, save ? Optional.of(freeze()) : Optional.empty()));
          changes = nextEpoch(changes.positions());
          due = now.plus(workspace.project().epoch().every());
          saveDue = save ? now.plus(options.snapshotEvery()) : saveDue;
        }
      }
      if (!behind) {
        pause(GATHER);
      }
    }
    finish(changes);
  }

  /** A stop is clean: what has been read is published, and the state saved. */
  private void finish(EpochChanges changes) {
    try {
      handoffs.put(new Handoff(changes, Optional.of(freeze())));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private EpochChanges nextEpoch(Map<String, Position> from) {
    return new EpochChanges(from);
  }

  private int readAndStep(EpochChanges epoch, int rows) {
    Map<String, Batch> changes = new HashMap<>();
    int read = 0;
    for (Input input : inputs) {
      if (logStopped(input)) {
        continue;
      }
      try {
        Position end = input.known();
        read += input.read(end, rows, changes, epoch);
        lags.put(input.name(), end.since(input.position()));
        troubles.over(input.name());
      } catch (LeatException e) {
        if (!logStopped(input)) {
          troubles.are(input.name(), e.problems().getFirst());
        }
      }
    }
    if (read == 0) {
      return 0;
    }
    options.watch().passed(Boundary.READ);
    works.step(changes);
    for (Stage stage : works.stages()) {
      Batch batch = changes.get(stage.name());
      if (batch != null) {
        epoch.add(stage.name(), batch);
      }
    }
    options.watch().passed(Boundary.STEPPED);
    return read;
  }

  /** Whether the broker in this process has given up, and the input with it. */
  private boolean logStopped(Input input) {
    workspace.logTrouble().ifPresent(problem -> troubles.are(LOG, problem));
    return troubles.of(LOG).isPresent() && workspace.readsOwnLog(input);
  }

  /** Small steps when there is little, for freshness; larger ones when behind, for throughput. */
  private int adapt(int rows, int read) {
    return read >= rows
        ? Math.min(options.stepRowsMax(), rows * 2)
        : Math.max(options.stepRows(), rows / 2);
  }

  private Map<String, Circuit.Frozen> freeze() {
    Map<String, Circuit.Frozen> parts = new HashMap<>(works.freeze(Works.When.EARLY));
    for (Input input : inputs) {
      input.seen().ifPresent(keys -> parts.put(input.part(), keys.freeze()));
    }
    return parts;
  }

  // ---- publishing

  private void publishLoop() {
    boolean last = false;
    while (!last) {
      try {
        boolean ended = !threads.getFirst().isAlive(); // asked first: it may hand on one more
        Optional<Handoff> next = Optional.ofNullable(handoffs.poll(100, TimeUnit.MILLISECONDS));
        if (next.isPresent() && !abandoned) {
          publish(next.get());
        }
        last = ended && next.isEmpty();
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException | Error e) {
        giveUp(e);
      }
    }
  }

  private void publish(Handoff handoff) throws InterruptedException {
    Publisher.Attempt attempt = publisher.attempt(handoff.changes());
    while (!abandoned) {
      try {
        long start = System.nanoTime();
        Epoch epoch = attempt.publish();
        if (epoch.number() != newest) {
          published(epoch, handoff.changes(), Duration.ofNanos(System.nanoTime() - start));
        }
        if (handoff.state().isPresent()) {
          save(epoch, handoff);
        }
        troubles.over(PUBLISHING);
        return;
      } catch (LeatException e) {
        troubles.are(PUBLISHING, e.problems().getFirst());
        if (e.problems().getFirst().code() == ErrorCode.LAKE_CONFLICT || stopping) {
          // What was not published will be read again from the log. Nothing that builds on it may
          // be published or saved by this process any more.
          abandoned = true;
          return;
        }
        Thread.sleep(RETRY);
      }
    }
  }

  private void published(Epoch epoch, EpochChanges changes, Duration took) {
    newest = epoch.number();
    options.watch().passed(Boundary.PUBLISHED);
    history.add(epoch, changes, took);
  }

  private void save(Epoch epoch, Handoff handoff) {
    Map<String, Circuit.Frozen> parts = new HashMap<>(handoff.state().orElseThrow());
    parts.putAll(works.freeze(Works.When.LATE));
    saver.save(epoch, parts);
  }

  private void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }

  // ---- telling

  public MillStatus status() {
    Instant now = options.clock().instant();
    List<MillStatus.SourceStatus> sources = new ArrayList<>();
    for (Input input : inputs) {
      Input.Counts counts = input.counts();
      OptionalLong lag =
          Optional.ofNullable(lags.get(input.name())).stream().mapToLong(l -> l).findFirst();
      sources.add(
          new MillStatus.SourceStatus(
              input.name(),
              counts.rows(),
              counts.rejected(),
              counts.duplicates(),
              lag,
              lag.orElse(0) > 0
                  ? input.arrived().map(arrived -> Duration.between(arrived, now))
                  : Optional.empty(),
              input.newest(),
              trouble(input)));
    }
    List<MillStatus.TableStatus> tables = new ArrayList<>();
    for (Stage stage : works.stages()) {
      tables.add(
          new MillStatus.TableStatus(
              stage.name(), works.upkeep(stage), works.rowsOut(stage), works.trouble(stage)));
    }
    return new MillStatus(now, newest, sources, tables, held, history.recent());
  }

  private Optional<Problem> trouble(Input input) {
    return troubles
        .of(LOG)
        .filter(_ -> workspace.readsOwnLog(input))
        .or(() -> troubles.of(input.name()))
        .or(() -> troubles.of(Lookout.key(input.name())))
        .or(() -> failure)
        .or(() -> troubles.of(PUBLISHING));
  }

  /** How the state of the circuits came back when this mill was made. */
  public Recovery.Way recoveredBy() {
    return recoveredBy;
  }

  /** Stops: publishes what has been read, saves state. */
  @Override
  public void close() {
    stopping = true;
    for (Thread thread : threads) {
      if (thread.isVirtual() || thread.isDaemon()) {
        thread.interrupt();
      }
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    saver.close();
    works.close();
  }
}
