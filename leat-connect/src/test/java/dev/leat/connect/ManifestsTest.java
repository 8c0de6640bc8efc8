package dev.leat.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.model.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
  private static final int VOLUME = 4;

  @TempDir Path folder;

  private Manifests open() throws IOException {
    return new Manifests(folder, new Flushing(Durability.PROCESS), VOLUME);
  }

  private static Extract extract(long number) {
    Extract.TakenFile file =
        new Extract.TakenFile("inbox/" + number, number, 2, 3, number % 2 == 0);
    return new Extract(
        number,
        number * 10,
        number % 3 == 0,
        1,
        number * 1_000,
        new Extract.Origin(
            List.of(file),
            "a,b",
            new Extract.Mark("of" + number, "mark" + number),
            List.of("t:" + number + ":0")));
  }

  private static void assertHolds(Manifests manifests, int count) {
    List<Extract> expected =
        Stream.iterate(0L, n -> n + 1).limit(count).map(n -> extract(n)).toList();
    List<Extract> all = new ArrayList<>();
    manifests.forEach(all::add);
    assertThat(all).isEqualTo(expected);
    assertThat(manifests.next()).isEqualTo(count);
    assertThat(manifests.newest())
        .isEqualTo(count == 0 ? Optional.empty() : Optional.of(expected.getLast()));
    expected.reversed().forEach(one -> assertThat(manifests.at(one.number())).isEqualTo(one));
  }

  private Map<Path, byte[]> files() throws IOException {
    Map<Path, byte[]> files = new HashMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.put(file, Files.readAllBytes(file));
      }
    }
    return files;
  }

  @Test
  void whatWasAddedIsThereInFewFiles() throws IOException {
    Manifests manifests = open();
    for (int n = 0; n < 5 * VOLUME; n++) {
      assertHolds(manifests, n);
      assertHolds(open(), n);
      assertThat(files()).hasSizeLessThan(2 * VOLUME + n / VOLUME);
      manifests.add(extract(n));
    }
  }

  /** A volume is there, and some of the files it was made of are still there. */
  @Test
  void killedWhileFilesAreBoundTheNextGoesOn() throws IOException {
    Manifests manifests = open();
    for (int n = 0; n < 2 * VOLUME - 1; n++) {
      manifests.add(extract(n));
    }
    Map<Path, byte[]> before = files();
    manifests.add(extract(2 * VOLUME - 1));
    for (int gone = 0; gone < VOLUME - 1; gone++) {
      for (long n = gone; n < VOLUME; n++) {
        Path file = folder.resolve("%08d.json".formatted(n));
        Files.write(file, before.get(file));
      }
      assertHolds(open(), 2 * VOLUME + gone);
      open().add(extract(2 * VOLUME + gone));
      assertThat(folder.resolve("%08d.json".formatted(VOLUME - 1))).doesNotExist();
    }
  }

  /** As a power cut may leave it. */
  @Test
  void aDamagedFileIsNamed() throws IOException {
    open().add(extract(0));
    for (String damaged : List.of("", "{\"number\":0,", "\0\0\0")) {
      Path file = Files.writeString(folder.resolve("00000000.json"), damaged);
      assertThatThrownBy(this::open)
          .hasMessageContaining("LEAT-5001")
          .hasMessageContaining(file.toString());
    }
  }

  /** A folder of before there were volumes, or one whose disk was full when they were due. */
  @Test
  void manyFilesAreBoundWhenTheNextIsAdded() throws IOException {
    Manifests manifests = open();
    Path inTheWay = Files.createDirectories(folder.resolve("00000000.volume.json/full"));
    for (int n = 0; n < 3 * VOLUME; n++) {
      manifests.add(extract(n));
    }
    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
    assertHolds(manifests, 3 * VOLUME);
    assertHolds(open(), 3 * VOLUME);
    manifests.add(extract(3 * VOLUME));
    assertHolds(manifests, 3 * VOLUME + 1);
    assertHolds(open(), 3 * VOLUME + 1);
    assertThat(folder.resolve("%08d.volume.json".formatted(VOLUME))).exists();
  }
}
