package dev.leat.lake;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets epochs go. A file that leaves a table never comes back to it, so what the epochs that go
 * have and the oldest that stays has not, nobody has.
 */
final class Expiry {
  private final Lake lake;

  Expiry(Lake lake) {
    this.lake = lake;
  }

  int expire(Retention retention, Instant now) {
    List<Long> numbers = lake.epochs();
    int going = 0;
    while (goes(numbers, going, retention, now)) {
      going++;
    }
    if (going == 0) {
      return 0;
    }
    try {
      Set<String> files = new HashSet<>();
      for (long number : numbers.subList(0, going)) {
        collectWhatIsThere(number, files);
      }
      files.removeAll(needed(numbers.subList(going, going + 1)));
      for (long number : numbers.subList(0, going)) {
        lake.epochFiles().delete(number);
      }
      files.forEach(lake::letGo);
      return going;
    } catch (IOException e) {
      throw LakeFailure.of("letting epochs go in", lake.root(), e);
    }
  }

  private boolean goes(List<Long> numbers, int index, Retention retention, Instant now) {
    int left = numbers.size() - index;
    if (left <= retention.atLeast()) {
      return false;
    }
    return left > retention.atMost()
        || lake.epoch(numbers.get(index))
            .map(epoch -> epoch.time().plus(retention.age()).isBefore(now))
            .orElse(true);
  }

  /** What an epoch that goes has. One that a power cut brought back may have no lists any more. */
  private void collectWhatIsThere(long number, Set<String> files) throws IOException {
    for (TableVersion version : lake.epoch(number).orElse(Epoch.NONE).tables().values()) {
      try {
        if (files.add(version.filesLocation())) {
          files.addAll(lake.readList(version).everything());
        }
      } catch (NoSuchFileException _) {
        // nobody can say what else it had: a sweep finds it
      }
    }
  }

  /** What epochs that stay have. Throws when one cannot be read: what it has would be deleted. */
  Set<String> needed(List<Long> numbers) {
    Set<String> files = new HashSet<>();
    for (long number : numbers) {
      for (TableVersion version : lake.epochFiles().kept(number).tables().values()) {
        if (files.add(version.filesLocation())) {
          files.addAll(lake.list(version).everything());
        }
      }
    }
    return files;
  }
}
