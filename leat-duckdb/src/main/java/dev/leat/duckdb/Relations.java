package dev.leat.duckdb;

import dev.leat.data.Batch;
import dev.leat.lake.TableFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the relations that a plan reads are made of, each made into SQL when it is first asked for.
 */
final class Relations {
  private final Session session;
  private final Function<String, TableFiles> files;
  private final Map<String, List<Batch>> pending;
  private final Map<String, String> sql = new HashMap<>();

  /**
   * @param pending changes that are not in the files yet; net: no row is in them twice
   */
  Relations(Session session, Function<String, TableFiles> files, Map<String, List<Batch>> pending) {
    this.session = session;
    this.files = files;
    this.pending = Map.copyOf(pending);
  }

  /** A parenthesised SELECT. */
  String sql(String relation) {
    String known = sql.get(relation);
    if (known == null) {
      known = make(relation, "_scan" + sql.size());
      sql.put(relation, known);
    }
    return known;
  }

  private String make(String relation, String tag) {
    TableFiles table = files.apply(relation);
    String stored = LakeScan.sql(session, tag + "_deleted", table);
    List<Batch> changes = pending.getOrDefault(relation, List.of());
    if (changes.stream().allMatch(Batch::isEmpty)) {
      return stored;
    }
    String changed = tag + "_pending";
    session.load(changed, table.schema(), changes);
    String names = SqlText.names(table.schema());
    String added = repeated(names, changed, "_weight");
    if (changes.stream().allMatch(Batch::insertOnly)) {
      return "(SELECT " + names + " FROM " + stored + " AS s UNION ALL " + added + ")";
    }
    return "((SELECT "
        + names
        + " FROM "
        + stored
        + " AS s EXCEPT ALL "
        + repeated(names, changed, "-_weight")
        + ") UNION ALL "
        + added
        + ")";
  }

  /** Each row as often as its weight says; not at all when that is negative. */
  private static String repeated(String names, String table, String weight) {
    return "SELECT " + names + " FROM " + SqlText.name(table) + " AS p, range(" + weight + ") AS r";
  }
}
