package dev.leat.duckdb;

import dev.leat.data.Batch;
import dev.leat.data.DoubleVector;
import dev.leat.lake.Epoch;
import dev.leat.lake.Lake;
import dev.leat.lake.TableFiles;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.sql.Approximate;
import dev.leat.sql.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs plans over the relations as they are in one epoch, or in one that is being made. For one
 * thread at a time, but for {@link #cancel}; cheap to make: it looks at a relation when a plan
 * first reads it.
 */
public final class EpochView implements AutoCloseable {
  private final Session session;
  private final Relations relations;

  private EpochView(Session session, Relations relations) {
    this.session = session;
    this.relations = relations;
  }

  /** The relations of an epoch that is published. */
  public static EpochView at(DuckDb duckDb, Lake lake, Epoch epoch) {
    return of(duckDb, relation -> lake.files(epoch, relation), Map.of());
  }

  /**
   * Relations by their files, for example {@code EpochWriter::files}, and changes that are not in
   * those files.
   *
   * @param pending by relation; net: each row once
   */
  public static EpochView of(
      DuckDb duckDb, Function<String, TableFiles> files, Map<String, List<Batch>> pending) {
    Session session = duckDb.session();
    return new EpochView(session, new Relations(session, files, pending));
  }

  /** From now on a query, with reading its answer, is stopped when it takes longer. */
  public EpochView timeout(Duration limit) {
    session.timeout(limit);
    return this;
  }

  /** Stops the query that runs now, from any thread. */
  public void cancel() {
    session.cancel();
  }

  /** The rows of a plan. Close the answer before the next is asked for. */
  public Answer query(Plan plan) {
    return query(PlanSelect.of(plan));
  }

  Answer query(Select select) {
    return session.query(sql(select), select.schema());
  }

  /** The first rows of a plan. */
  public Answer query(Plan plan, long maxRows) {
    Select select = PlanSelect.of(plan);
    return session.query(
        "SELECT * FROM (" + sql(select) + ") AS q LIMIT " + maxRows, select.schema());
  }

  /**
   * The first rows of a plan, as many as begin within so many bytes of text: the caller holds them
   * all, and a thousand rows may be a thousand large records.
   */
  public Answer query(Plan plan, long maxRows, long maxBytes) {
    Select select = PlanSelect.of(plan);
    List<String> columns = new ArrayList<>();
    List<String> sizes = new ArrayList<>(List.of("0"));
    for (Column column : select.schema().columns()) {
      String name = "c" + columns.size();
      columns.add(name);
      switch (column.type()) {
        case Type.Varchar _ -> sizes.add("coalesce(strlen(" + name + "), 0)");
        case Type.Varbinary _ -> sizes.add("coalesce(octet_length(" + name + "), 0)");
        case Type.Bool _,
            Type.Int _,
            Type.BigInt _,
            Type.Float64 _,
            Type.Decimal _,
            Type.Date _,
            Type.Timestamp _ -> {}
      }
    }
    String names = String.join(", ", columns);
    String size = "(" + String.join(" + ", sizes) + ")";
    String first =
        "(SELECT * FROM (" + sql(select) + ") AS q(" + names + ") LIMIT " + maxRows + ") AS f";
    String before = "sum" + size + " OVER (ROWS UNBOUNDED PRECEDING) - " + size + " AS before";
    return session.query(
        "SELECT %s FROM (SELECT *, %s FROM %s) AS b WHERE before <= "
                .formatted(names, before, first)
            + maxBytes,
        select.schema());
  }

  /**
   * What has to change in a table for it to be the answer of its plan: rows with the weight they
   * are missing by, or (negative) are there too often.
   */
  public Batch change(Plan plan, TableFiles current) {
    return change(PlanSelect.of(plan), current);
  }

  Batch change(Select select, TableFiles current) {
    try (Answer answer =
        session.query(
            Difference.sql(select.schema(), "(" + sql(select) + ")", table(current)),
            Difference.weighted(select.schema()))) {
      return Difference.changes(select.schema(), answer.rest());
    }
  }

  /**
   * Compares a table with its plan's answer, both ways, as bags; DOUBLE values are equal when they
   * are so to a relative 1e-9. Sums of DOUBLEs that cancel are so to 1e-12 of the largest value
   * that was added.
   *
   * @param shown how many of the rows that differ the proof holds
   */
  public Proof prove(Plan plan, TableFiles table, int shown) {
    Proof proof = prove(PlanSelect.of(plan), table, shown, 0);
    if (proof.equal()) {
      return proof;
    }
    double largest =
        Approximate.magnitudes(plan).stream().mapToDouble(this::magnitude).max().orElse(0);
    return largest == 0 ? proof : prove(PlanSelect.of(plan), table, shown, largest);
  }

  Proof prove(Select select, TableFiles table, int shown, double magnitude) {
    return new Prover(session, shown, magnitude)
        .compare(select.schema(), "(" + sql(select) + ")", table(table), table.rows());
  }

  /** The number a plan gives; 0 where it gives none that is finite. */
  private double magnitude(Plan plan) {
    try (Answer answer = query(plan)) {
      DoubleVector value = answer.next().doubles(0);
      return value.isNull(0) || !Double.isFinite(value.values()[0]) ? 0 : value.values()[0];
    }
  }

  /** Writes the answer of a plan to Parquet files. */
  public BulkWriter.Written write(
      Plan plan, Map<String, Integer> fieldIds, Supplier<Path> newFile) {
    return write(PlanSelect.of(plan), fieldIds, newFile);
  }

  /** Writes the answer of a plan to one Parquet file, with or without rows. */
  public void writeOne(Plan plan, Path file) {
    Map<String, Integer> fieldIds = new LinkedHashMap<>();
    plan.schema().columns().forEach(column -> fieldIds.put(column.name(), fieldIds.size() + 1));
    new BulkWriter(session).writeOne(sql(PlanSelect.of(plan)), plan.schema(), fieldIds, file);
  }

  BulkWriter.Written write(Select select, Map<String, Integer> fieldIds, Supplier<Path> newFile) {
    return new BulkWriter(session).write(sql(select), select.schema(), fieldIds, newFile);
  }

  /** All rows of a relation, for filling state: columns in the order of its schema. */
  public Answer scan(String relation, Schema schema) {
    return session.query(
        "SELECT " + SqlText.names(schema) + " FROM " + relations.sql(relation) + " AS r", schema);
  }

  /** The first column of a relation with values that a conversion of its rows does not fit. */
  public Optional<Conversion.Misfit> misfit(String relation, Conversion conversion) {
    return conversion.misfit(session, relations.sql(relation));
  }

  /** Writes all rows of a relation to Parquet files, converted. */
  public BulkWriter.Written write(
      String relation,
      Conversion conversion,
      Map<String, Integer> fieldIds,
      Supplier<Path> newFile) {
    String rows = "SELECT " + conversion.columns() + " FROM " + relations.sql(relation) + " AS r";
    return new BulkWriter(session).write(rows, conversion.to(), fieldIds, newFile);
  }

  /** How many rows of a relation have no value in a column. */
  public long missing(String relation, String column) {
    return session.number(
        "SELECT count(*) FROM "
            + relations.sql(relation)
            + " AS r WHERE "
            + SqlText.name(column)
            + " IS NULL");
  }

  private String table(TableFiles files) {
    return LakeScan.sql(session, "_table_deleted", files);
  }

  private String sql(Select select) {
    return select.text().apply(relations::sql);
  }

  @Override
  public void close() {
    session.close();
  }
}
