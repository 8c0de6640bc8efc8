package dev.leat.lake;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What makes up one version of one table: what Iceberg's metadata says too, in a form that is read
 * in one go and names everything to delete when the version is let go. Paths are relative to the
 * lake's root.
 *
 * @param references Iceberg's own files: metadata, manifest list, manifests
 */
record FileList(List<Entry> entries, List<String> references) {
  FileList {
    entries = List.copyOf(entries);
    references = List.copyOf(references);
  }

  /**
   * A data file.
   *
   * @param tail whether it is the file that small changes are merged into
   */
  record Entry(String path, long rows, long bytes, boolean tail, Optional<Deletions> deletions) {}

  /**
   * A deletion vector: a slice of a Puffin file.
   *
   * @param fileBytes the size of the whole Puffin file
   * @param rows that it deletes
   */
  record Deletions(String path, long fileBytes, long offset, long bytes, long rows) {}

  /** Every file the version needs, but for this list. */
  Set<String> everything() {
    Set<String> all = new LinkedHashSet<>(references);
    for (Entry entry : entries) {
      all.add(entry.path());
      entry.deletions().ifPresent(d -> all.add(d.path()));
    }
    return all;
  }
}
