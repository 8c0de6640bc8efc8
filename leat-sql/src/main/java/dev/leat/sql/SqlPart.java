package dev.leat.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * A part of a query, described well enough to find it in the text again: what is made of the text
 * no longer knows where it stood.
 *
 * @param kinds any of these
 * @param name of the function, or empty
 * @param value whether only those that stand for a value are meant, rather than for a table
 * @param each whether the same can be said of every such part; if not, and there are several, the
 *     one that is meant cannot be told
 */
record SqlPart(Set<SqlKind> kinds, Optional<String> name, boolean value, boolean each) {
  /** A query inside an expression. */
  static final SqlPart SUB_QUERY = new SqlPart(SqlKind.QUERY, Optional.empty(), true, false);

  /** One of a kind that is never supported. */
  static SqlPart each(SqlKind kind) {
    return new SqlPart(Set.of(kind), Optional.empty(), false, true);
  }

  static SqlPart some(SqlKind... kinds) {
    return new SqlPart(Set.of(kinds), Optional.empty(), false, false);
  }

  /** A call of a function that is never supported. */
  static SqlPart eachCall(String function) {
    return new SqlPart(Set.of(), Optional.of(function), false, true);
  }

  static SqlPart someCall(String function) {
    return new SqlPart(Set.of(), Optional.of(function), false, false);
  }

  /** Where the i-th of a query's columns is made; of {@code SELECT *} nobody can tell. */
  static Optional<SqlParserPos> column(SqlNode query, int i, int columns) {
    return switch (query) {
      case SqlOrderBy ordered -> column(ordered.query, i, columns);
      case SqlWith with -> column(with.body, i, columns);
      case SqlSelect select when select.getSelectList().size() == columns ->
          Optional.of(select.getSelectList().get(i).getParserPosition());
      default -> Optional.empty();
    };
  }

  /** Where the part begins that is meant, if that can be told. */
  Optional<SqlParserPos> find(SqlNode query) {
    List<SqlParserPos> found = new ArrayList<>();
    collect(query, false, found);
    return each || found.size() == 1 ? found.stream().findFirst() : Optional.empty();
  }

  private void collect(@Nullable SqlNode node, boolean inValue, List<SqlParserPos> into) {
    if (node == null) {
      return;
    }
    if (is(node) && (inValue || !value)) {
      into.add(node.getParserPosition());
    }
    switch (node) {
      case SqlSelect select ->
          select.getOperandList().forEach(part -> collect(part, part != select.getFrom(), into));
      case SqlJoin join ->
          join.getOperandList().forEach(part -> collect(part, part == join.getCondition(), into));
      case SqlNodeList list -> list.forEach(part -> collect(part, inValue, into));
      case SqlCall call -> call.getOperandList().forEach(part -> collect(part, inValue, into));
      default -> {}
    }
  }

  private boolean is(SqlNode node) {
    return kinds.contains(node.getKind())
        || (node instanceof SqlCall call
            && name.filter(call.getOperator().getName()::equalsIgnoreCase).isPresent());
  }
}
