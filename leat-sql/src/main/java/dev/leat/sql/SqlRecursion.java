package dev.leat.sql;

import dev.leat.model.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidator;

/**
 * WITH RECURSIVE whose later rounds may give NULL where the first gives none. Calcite types what a
 * round reads by the first part alone, and would take its columns never to be NULL. So the first
 * part is written as one whose columns may be:
 *
 * <pre>
 * r AS (q UNION ALL …)   →   r AS (SELECT IF(FALSE, NULL, c) AS c … FROM (q) AS first(c …) UNION ALL …)
 * </pre>
 */
final class SqlRecursion extends SqlShuttle {
  private static final String FIRST = "$first";

  /** The names of the first part's columns, by where the name of the recursion stands. */
  private final Map<SqlParserPos, List<String>> tooStrict;

  private SqlRecursion(Map<SqlParserPos, List<String>> tooStrict) {
    this.tooStrict = tooStrict;
  }

  /** Whether a query has a recursion. */
  static boolean isIn(SqlNode query) {
    return !items(query).isEmpty();
  }

  /** Each round would give another type than the one before, as {@code x * 0.5} does. */
  static Refusal typesDiffer() {
    return new Refusal(
        ErrorCode.SQL_INVALID,
        SqlPart.some(SqlKind.WITH_ITEM),
        "A column of WITH RECURSIVE has another type in later rounds than in the first.",
        "CAST it to the same type in both parts.");
  }

  /**
   * @param query as it was parsed
   * @param validated the same after the validator had it
   */
  static SqlNode widened(SqlNode query, SqlNode validated, SqlValidator validator) {
    Map<SqlParserPos, List<String>> tooStrict = new HashMap<>();
    for (SqlWithItem item : items(validated)) {
      parts(item)
          .ifPresent(parts -> {
            RelDataType first = validator.getValidatedNodeType(parts.operand(0));
            RelDataType later = validator.getValidatedNodeType(parts.operand(1));
            if (mayBeNullLater(first, later)) {
              tooStrict.put(item.name.getParserPosition(), first.getFieldNames());
            }
          });
    }
    SqlNode widened = query.accept(new SqlRecursion(tooStrict));
    return widened == null ? query : widened;
  }

  private static boolean mayBeNullLater(RelDataType first, RelDataType later) {
    List<RelDataTypeField> fields = first.getFieldList();
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).getType().isNullable()
          && later.getFieldList().get(i).getType().isNullable()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    return visited instanceof SqlWithItem item
            && tooStrict.containsKey(item.name.getParserPosition())
        ? widened(item, tooStrict.get(item.name.getParserPosition()))
        : visited == null ? call : visited;
  }

  private static SqlNode widened(SqlWithItem item, List<String> columns) {
    SqlCall parts = parts(item).orElseThrow();
    SqlNode query =
        parts
            .getOperator()
            .createCall(
                parts.getParserPosition(), nullable(parts.operand(0), columns), parts.operand(1));
    return new SqlWithItem(
        item.getParserPosition(), item.name, item.columnList, query, item.recursive);
  }

  private static SqlNode nullable(SqlNode first, List<String> columns) {
    SqlParserPos at = first.getParserPosition();
    List<SqlNode> named = new ArrayList<>(List.of(first, new SqlIdentifier(FIRST, at)));
    List<SqlNode> selected = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      SqlIdentifier column = new SqlIdentifier("$c" + i, at);
      named.add(column);
      SqlNode nullable =
          Functions.IF.createCall(
              at, SqlLiteral.createBoolean(false, at), SqlLiteral.createNull(at), column);
      selected.add(
          SqlStdOperatorTable.AS.createCall(at, nullable, new SqlIdentifier(columns.get(i), at)));
    }
    return new SqlSelect(
        at,
        null,
        new SqlNodeList(selected, at),
        SqlStdOperatorTable.AS.createCall(at, named),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Optional<SqlCall> parts(SqlWithItem item) {
    return item.query instanceof SqlBasicCall union && union.getKind() == SqlKind.UNION
        ? Optional.of(union)
        : Optional.empty();
  }

  private static List<SqlWithItem> items(SqlNode query) {
    List<SqlWithItem> items = new ArrayList<>();
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call instanceof SqlWithItem item && item.recursive.booleanValue()) {
              items.add(item);
            }
            return super.visit(call);
          }
        });
    return items;
  }
}
