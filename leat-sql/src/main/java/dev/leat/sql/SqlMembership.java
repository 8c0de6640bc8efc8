package dev.leat.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code (a, b) IN (SELECT x, y …)} where it matters whether it is FALSE or unknown. To Calcite it
 * is unknown as soon as one of a and b is NULL; but it is FALSE for every row of which the other
 * one differs. So it is written out.
 */
final class SqlMembership {
  private static final String ROWS = "$members";

  private final Set<SqlNode> filters = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Notes what a query's WHERE asks for: there unknown is as good as FALSE. */
  void note(SqlSelect select) {
    conjuncts(select.getWhere());
  }

  private void conjuncts(@Nullable SqlNode condition) {
    if (condition instanceof SqlCall call && call.getKind() == SqlKind.AND) {
      call.getOperandList().forEach(this::conjuncts);
    } else if (condition != null) {
      filters.add(condition);
    }
  }

  /** Whether it is to be written out. */
  boolean concerns(SqlCall call) {
    boolean filter = filters.contains(call);
    return (call.getKind() == SqlKind.NOT_IN || call.getKind() == SqlKind.IN && !filter)
        && call.operand(0) instanceof SqlCall row
        && row.getKind() == SqlKind.ROW
        && row.operandCount() > 1
        && call.operand(1).isA(SqlKind.QUERY);
  }

  /**
   * <pre>
   * WHERE … AND r NOT IN (q)   →   NOT EXISTS (SELECT 1 FROM (q) AS m WHERE (r = m) IS NOT FALSE)
   * r IN (q)                   →   CASE WHEN EXISTS (SELECT 1 FROM (q) AS m WHERE r = m) THEN TRUE
   *                                     WHEN EXISTS (… WHERE (r = m) IS UNKNOWN) THEN NULL
   *                                     ELSE FALSE END
   * </pre>
   */
  SqlNode written(SqlCall call) {
    SqlParserPos at = call.getParserPosition();
    if (filters.contains(call)) {
      return SqlStdOperatorTable.NOT.createCall(at, exists(call, SqlStdOperatorTable.IS_NOT_FALSE));
    }
    SqlNode member =
        new SqlCase(
            at,
            null,
            SqlNodeList.of(
                exists(call, SqlStdOperatorTable.IS_TRUE),
                exists(call, SqlStdOperatorTable.IS_UNKNOWN)),
            SqlNodeList.of(SqlLiteral.createBoolean(true, at), SqlLiteral.createNull(at)),
            SqlLiteral.createBoolean(false, at));
    return call.getKind() == SqlKind.IN ? member : SqlStdOperatorTable.NOT.createCall(at, member);
  }

  private static SqlNode exists(SqlCall call, SqlOperator test) {
    SqlParserPos at = call.getParserPosition();
    List<SqlNode> values = ((SqlCall) call.operand(0)).getOperandList();
    List<SqlNode> named = new ArrayList<>();
    named.add(call.operand(1));
    named.add(new SqlIdentifier(ROWS, at));
    List<SqlNode> equal = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String column = "$member" + i;
      named.add(new SqlIdentifier(column, at));
      equal.add(
          SqlStdOperatorTable.EQUALS.createCall(
              at, values.get(i), new SqlIdentifier(List.of(ROWS, column), at)));
    }
    SqlNode all = equal.getFirst();
    for (SqlNode next : equal.subList(1, equal.size())) {
      all = SqlStdOperatorTable.AND.createCall(at, all, next);
    }
    return SqlStdOperatorTable.EXISTS.createCall(
        at,
        new SqlSelect(
            at,
            null,
            SqlNodeList.of(SqlLiteral.createExactNumeric("1", at)),
            SqlStdOperatorTable.AS.createCall(at, named),
            test.createCall(at, all),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
  }
}
