package dev.leat.connect;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The rows of a JDBC result, whose columns are in the contract's order, as batches. Of a row that
 * is rejected the key is kept, where it can be read.
 */
final class JdbcRows implements Iterator<Batch> {
  private static final int BATCH_ROWS = 16_384;

  private final ResultSet result;
  private final Schema schema;
  private final List<Integer> key;
  private final BatchBuilder keys;
  private final boolean[] zoned;
  private final Rejections rejections;
  private boolean there;
  private long row;

  JdbcRows(ResultSet result, Contract contract, Rejections rejections) throws SQLException {
    this.result = result;
    this.schema = contract.schema();
    this.key = contract.key();
    this.keys = new BatchBuilder(keySchema(contract));
    this.rejections = rejections;
    this.zoned = new boolean[schema.size()];
    ResultSetMetaData columns = result.getMetaData();
    for (int i = 0; i < zoned.length; i++) {
      zoned[i] = JdbcTypes.zoned(columns, i + 1);
    }
    this.there = result.next();
  }

  /** A database that fails while its rows are read. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException sql;

    Failed(SQLException cause) {
      super(cause);
      this.sql = cause;
    }

    SQLException sql() {
      return sql;
    }
  }

  static Schema keySchema(Contract contract) {
    return new Schema(contract.key().stream().map(contract.schema()::column).toList());
  }

  /** The keys of the rows that were rejected; nothing without a key. */
  Batch rejectedKeys() {
    return keys.build();
  }

  @Override
  public boolean hasNext() {
    return there;
  }

  @Override
  public Batch next() {
    if (!there) {
      throw new NoSuchElementException();
    }
    try {
      BatchBuilder rows = new BatchBuilder(schema);
      for (int n = 0; there && n < BATCH_ROWS; n++) {
        take(rows);
        there = result.next();
      }
      return rows.build();
    } catch (SQLException e) {
      throw new Failed(e);
    }
  }

  private void take(BatchBuilder rows) throws SQLException {
    for (int i = 0; i < schema.size(); i++) {
      Optional<Fault> fault = append(rows, i);
      if (fault.isPresent()) {
        rows.cancelRow();
        keepKey();
        rejections.add(row++, fault.get(), JdbcTypes.json(result, schema));
        return;
      }
    }
    rows.endRow(1);
    row++;
  }

  private void keepKey() throws SQLException {
    for (int k = 0; k < key.size(); k++) {
      int i = key.get(k);
      if (!JdbcTypes.append(result, i + 1, zoned[i], schema.column(i).type(), keys.column(k))) {
        keys.cancelRow();
        return;
      }
    }
    if (!key.isEmpty()) {
      keys.endRow(1);
    }
  }

  private Optional<Fault> append(BatchBuilder rows, int i) throws SQLException {
    Column column = schema.column(i);
    if (!JdbcTypes.append(result, i + 1, zoned[i], column.type(), rows.column(i))) {
      return Optional.of(
          new Fault(column.name(), Values.expected(column.type(), result.getString(i + 1))));
    }
    return result.wasNull() && !column.nullable()
        ? Optional.of(new Fault(column.name(), Values.expected(column.type(), "nothing")))
        : Optional.empty();
  }
}
