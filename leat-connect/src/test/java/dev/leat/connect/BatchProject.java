package dev.leat.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.Position;
import dev.leat.duckdb.Values;
import dev.leat.model.Cadence;
import dev.leat.model.Durability;
import dev.leat.model.Location;
import dev.leat.model.Objectives;
import dev.leat.model.Profile;
import dev.leat.model.Project;
import dev.leat.model.Schema;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A project of one batch source, and what has been read of it so far, as a bag of rows. */
final class BatchProject implements AutoCloseable {
  private final Path folder;
  private final Source source;
  private BatchSources sources;
  private Position position = Position.START;
  private final Map<String, Long> bag = new TreeMap<>();
  private final List<String> rejected = new ArrayList<>();

  BatchProject(Path folder, Source source) {
    this.folder = folder;
    this.source = source;
    this.sources = BatchSources.open(project());
  }

  static SourceTable table(String name, Optional<Schema> columns, List<String> key) {
    return new SourceTable(
        name,
        Location.start("sources/" + name + ".yaml"),
        Optional.empty(),
        columns,
        key,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.of(Duration.ofMillis(100)),
        Optional.empty(),
        Optional.empty(),
        new SourceTable.Encoding.Json());
  }

  private Project project() {
    return new Project(
        folder,
        "test",
        Map.of(),
        new Cadence(Duration.ofSeconds(1)),
        new Objectives(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new Profile(
            "laptop",
            new Profile.LogChoice.Embedded(),
            new Profile.EngineChoice(Optional.empty()),
            new Profile.LakeChoice.Local(Path.of(".leat/lake")),
            new Profile.FleetChoice(1, 1, List.of("a")),
            Durability.PROCESS),
        List.of(source),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** As after the end of the process. */
  void restart() {
    sources.close();
    sources = BatchSources.open(project());
  }

  void pull() {
    sources.pulls().getFirst().pull();
  }

  Intake intake() {
    return sources.intakes().getFirst();
  }

  /** Reads on to the end. */
  void read(int maxRows) {
    Position until = intake().end();
    while (until.since(position) > 0) {
      Intake.Slice slice = intake().read(position, until, maxRows);
      add(slice.rows());
      for (int i = 0; i < slice.rejected().size(); i++) {
        String row =
            slice.rejected().bytes(3).string(i)
                + "|"
                + slice.rejected().bytes(2).string(i)
                + "|"
                + slice.rejected().bytes(4).string(i);
        if (slice.rejected().weights()[i] > 0) {
          rejected.add(row);
        } else {
          assertThat(rejected.remove(row)).as("what leaves the quarantine was there").isTrue();
        }
      }
      position = slice.next();
    }
  }

  private void add(Batch rows) {
    for (int row = 0; row < rows.size(); row++) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < rows.columns().size(); column++) {
        cells.add(rows.column(column).isNull(row) ? "NULL" : Values.text(rows, column, row));
      }
      bag.merge(String.join("|", cells), rows.weights()[row], (a, b) -> a + b);
    }
    bag.values().removeIf(weight -> weight == 0);
  }

  Map<String, Long> bag() {
    return bag;
  }

  List<String> rejected() {
    return rejected;
  }

  Position position() {
    return position;
  }

  @Override
  public void close() {
    sources.close();
  }
}
