package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where reading goes on after a process ended badly: exactly behind what the lake holds. */
final class ResumeTest {
  @TempDir Path folder;

  private void files() {
    Folders.linesProject(folder, "id: bigint not null");
    Folders.table(folder, "total", "SELECT COUNT(*) AS n FROM lines");
    file("a.csv", 0, 10);
  }

  private void file(String name, int from, int until) {
    Folders.write(
        folder,
        "drop/" + name,
        IntStream.range(from, until)
            .mapToObj(id -> id + "\n")
            .collect(Collectors.joining("", "id\n", "")));
  }

  /** Ends a mill as soon as it has published, once it is told to. */
  private static final class Ending {
    private final AtomicBoolean armed = new AtomicBoolean();

    MillOptions options() {
      return MillOptions.DEFAULT.withWatch(boundary -> {
        if (armed.get() && boundary == Boundary.PUBLISHED) {
          throw new AssertionError("an accident");
        }
      });
    }
  }

  private Position position() {
    try (Workspace workspace = Workspace.open(Folders.read(folder), MillOptions.DEFAULT)) {
      return workspace.lake().newest().orElseThrow().position("lines");
    }
  }

  private void awaitEnd(Running running) throws InterruptedException {
    running.await(() -> running.trouble("lines").isPresent());
    assertThat(running.trouble("lines").orElseThrow().message()).contains("an accident");
  }

  private void assertEachLineOnce(long lines) throws InterruptedException {
    try (Running again = new Running(Folders.read(folder))) {
      assertThat(again.mill.recoveredBy()).isEqualTo(Recovery.Way.SNAPSHOT_AND_REPLAY);
      again.await(() -> again.rows("lines") >= lines);
    }
    assertThat(
            Folders.query(Folders.read(folder), "SELECT COUNT(DISTINCT id), COUNT(*) FROM lines"))
        .satisfies(counts -> {
          assertThat(counts.longs(0).values()[0]).isEqualTo(lines);
          assertThat(counts.longs(1).values()[0]).isEqualTo(lines);
        });
    Folders.proven(folder);
  }

  @Test
  void inTheMiddleOfAFile() throws Exception {
    files();
    try (Running first = new Running(Folders.read(folder))) {
      first.awaitRows("lines", 10);
    }
    Ending ending = new Ending();
    try (Running second = new Running(Folders.read(folder), ending.options())) {
      ending.armed.set(true);
      file("b.csv", 10, 100_010);
      awaitEnd(second);
    }
    assertThat(position().offset(1)).as("row in the file").isBetween(1L, 99_999L);
    assertEachLineOnce(100_010);
  }

  @Test
  void behindAFileWithoutRows() throws Exception {
    files();
    try (Running first = new Running(Folders.read(folder))) {
      first.awaitRows("lines", 10);
    }
    Ending ending = new Ending();
    try (Running second = new Running(Folders.read(folder), ending.options())) {
      file("b.csv", 0, 0);
      second.await(() -> second.workspace.inputs().getFirst().position().offset(0) == 2);
      ending.armed.set(true);
      file("c.csv", 10, 20);
      awaitEnd(second);
    }
    assertThat(position()).isEqualTo(Position.of(3));
    assertEachLineOnce(20);
  }

  @Test
  void aFileWithoutRowsDoesNotHideThoseBehindIt() {
    files();
    Folders.write(folder, "drop/b.csv", "id\nnone\n");
    file("c.csv", 0, 0);
    file("d.csv", 10, 20);
    try (Workspace workspace = Workspace.open(Folders.read(folder), MillOptions.DEFAULT)) {
      assertThat(workspace.pullAll()).isEmpty();
      workspace.fill();
    }
    assertThat(Folders.query(Folders.read(folder), "SELECT n FROM total").longs(0).values()[0])
        .isEqualTo(20);
  }

  /** As after a power cut that the lake outlived. */
  @Test
  void whereTheLogEndsNow() throws Exception {
    Folders.write(folder, "leat.yaml", "name: shop\nepoch: {every: 20ms}\n");
    Folders.write(
        folder,
        "sources/web.yaml",
        "kind: http\ntables:\n  clicks:\n    columns: {id: bigint not null}\n");
    Folders.table(folder, "total", "SELECT COUNT(*) AS n FROM clicks");
    try (Running running = new Running(Folders.read(folder))) {
      running.append("clicks", List.of("{\"id\": 1}", "{\"id\": 2}", "{\"id\": 3}"));
      running.awaitRows("clicks", 3);
    }
    Folders.delete(folder.resolve(".leat/log"));
    try (Workspace workspace = Workspace.open(Folders.read(folder), MillOptions.DEFAULT)) {
      assertThat(workspace.lake().newest().orElseThrow().position("clicks").offset(0)).isZero();
    }
    try (Running running = new Running(Folders.read(folder))) {
      assertThat(running.mill.recoveredBy()).isEqualTo(Recovery.Way.REBUILT);
      running.append("clicks", List.of("{\"id\": 4}"));
      running.awaitRows("clicks", 4);
    }
    Folders.proven(folder);
  }

  /** A power cut took the newest epoch, but not the state that was saved with it. */
  @Test
  void theStateOfAnEpochThatWasLostIsNotThatOfTheNextOfItsNumber() throws Exception {
    files();
    try (Running first = new Running(Folders.read(folder))) {
      first.awaitRows("lines", 10);
    }
    file("b.csv", 10, 100_010);
    long number = published();
    Files.delete(folder.resolve(".leat/lake/epochs/%012d.json".formatted(number)));
    Ending ending = new Ending();
    ending.armed.set(true);
    try (Running second = new Running(Folders.read(folder), ending.options())) {
      awaitEnd(second);
      assertThat(second.workspace.lake().newest().orElseThrow().number()).isEqualTo(number);
      assertThat(second.rows("lines")).as("a part of the file").isBetween(11L, 100_009L);
    }
    try (Running again = new Running(Folders.read(folder))) {
      again.awaitRows("lines", 100_010);
    }
    Folders.proven(folder);
  }

  /** Publishes all that is there in one epoch, and saves its state. */
  private long published() {
    try (Workspace workspace = Workspace.open(Folders.read(folder), MillOptions.DEFAULT)) {
      assertThat(workspace.pullAll()).isEmpty();
      try (Mill mill = workspace.mill(workspace.fill())) {
        mill.start();
        return workspace.lake().newest().orElseThrow().number();
      }
    }
  }

  @Test
  void notWhereStagingIsGone() throws Exception {
    files();
    try (Running running = new Running(Folders.read(folder))) {
      running.awaitRows("lines", 10);
    }
    Folders.delete(folder.resolve(".leat/staging"));
    assertThatThrownBy(() -> Workspace.open(Folders.read(folder), MillOptions.DEFAULT))
        .hasMessageContaining("LEAT-4003 What was staged of lines ends at 0:0");
  }
}
