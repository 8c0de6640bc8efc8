package dev.leat.lake;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The lists of files that were used last, as many as the memory for them holds: a list has the
 * position of every deleted row. The newest stays, however large it is.
 */
final class KnownFiles {
  private static final long LIST_BYTES = 1_000;
  private static final long FILE_BYTES = 300;

  private final long mostBytes;
  private final Map<String, TableFiles> byList = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  KnownFiles(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  synchronized Optional<TableFiles> find(String list) {
    return Optional.ofNullable(byList.get(list));
  }

  synchronized void add(String list, TableFiles files) {
    forget(list);
    byList.put(list, files);
    bytes += weight(files);
    Iterator<TableFiles> eldest = byList.values().iterator();
    while (bytes > mostBytes && byList.size() > 1) {
      bytes -= weight(eldest.next());
      eldest.remove();
    }
  }

  synchronized void forget(String list) {
    TableFiles known = byList.remove(list);
    if (known != null) {
      bytes -= weight(known);
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  private static long weight(TableFiles files) {
    long weight = LIST_BYTES;
    for (DataFile file : files.files()) {
      weight += FILE_BYTES + (long) file.deleted().length * Long.BYTES;
    }
    return weight;
  }
}
