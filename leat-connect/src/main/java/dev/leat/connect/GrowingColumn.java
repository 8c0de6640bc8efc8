package dev.leat.connect;

import dev.leat.connect.Extract.Mark;
import dev.leat.duckdb.Answer;
import dev.leat.duckdb.Session;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.SourceTable;
import dev.leat.model.Type;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The column by which an incremental extract tells what is new. How far it has been read says
 * nothing of another column, table or database: then all is read once more.
 *
 * @param index its place in the contract
 * @param name its name there
 */
record GrowingColumn(int index, String name, Type type) {

  /** The one that {@code incremental} names. */
  static GrowingColumn of(SourceTable table, Contract contract) {
    String column = table.incremental().orElseThrow();
    int index =
        contract
            .schema()
            .indexOf(column)
            .orElseThrow(() ->
                new LeatException(
                    Problem.at(
                        table.at(),
                        ErrorCode.SOURCE_CONTRACT,
                        "`incremental` of " + table.name() + " names no column: " + column,
                        "Name one of its columns.")));
    return new GrowingColumn(
        index, contract.schema().column(index).name(), contract.schema().column(index).type());
  }

  /** From where to read on: a mark without a value when all is to be read. */
  Mark from(Mark last, JdbcDatabase database, Connection connection, SourceTable table)
      throws SQLException {
    String of = database.place(connection, table) + " " + name;
    boolean same = last.of().equals(of) || last.of().isEmpty();
    return new Mark(of, same ? last.value() : "");
  }

  /** The greatest value among the rows of table {@code _new}; the one of before if it has none. */
  Mark upTo(Session session, Mark from) {
    try (Answer answer =
        session.query(
            "SELECT coalesce(CAST(max(" + Sql.name(name) + ") AS VARCHAR), '') FROM _new")) {
      String greatest = answer.rest().bytes(0).string(0);
      return greatest.isEmpty() ? from : new Mark(from.of(), greatest);
    }
  }

  /** A mark for the database, whatever time zone its session has. */
  Object parameter(Mark mark, boolean zoned) {
    String value = mark.value();
    return switch (type) {
      case Type.Int _, Type.BigInt _ -> Long.parseLong(value);
      case Type.Decimal _ -> new BigDecimal(value);
      case Type.Float64 _ -> Double.parseDouble(value);
      case Type.Date _ -> LocalDate.parse(value);
      case Type.Timestamp _ -> {
        LocalDateTime moment = LocalDateTime.parse(value.replace(' ', 'T'));
        yield zoned ? moment.atOffset(ZoneOffset.UTC) : moment;
      }
      case Type.Bool _, Type.Varchar _, Type.Varbinary _ -> value;
    };
  }
}
