package dev.leat.lake;

import dev.leat.model.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One version of one relation.
 *
 * @param metadataLocation the Iceberg table metadata, relative to the lake's root
 * @param filesLocation the list of the files that make up the version, relative to the lake's root
 * @param snapshotId Iceberg's name for the version
 * @param fieldIds by position: the Iceberg field id of each column; stays with a column for good
 * @param rows that are there, duplicates counted
 * @param files data files
 * @param bytes of the data files
 * @param changed the number of the epoch that last changed it
 */
public record TableVersion(
    String metadataLocation,
    String filesLocation,
    long snapshotId,
    Schema schema,
    List<Integer> fieldIds,
    long rows,
    int files,
    long bytes,
    long changed) {

  public TableVersion {
    fieldIds = List.copyOf(fieldIds);
  }

  /** The Iceberg field id of each column, in the columns' order. */
  public Map<String, Integer> fieldIdsByName() {
    return fieldIdsByName(schema, fieldIds);
  }

  static Map<String, Integer> fieldIdsByName(Schema schema, List<Integer> fieldIds) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int i = 0; i < schema.size(); i++) {
      ids.put(schema.column(i).name(), fieldIds.get(i));
    }
    return ids;
  }
}
