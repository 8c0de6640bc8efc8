package dev.leat.sql;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlInternalOperators;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlNameMatcher;

/** The aggregates, window functions, table functions and syntax that SQL may use. */
final class Aggregates {
  private static final SqlReturnTypeInference DOUBLE_OR_NULL =
      ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE);

  private static final List<SqlOperator> ALL =
      List.of(
          SqlStdOperatorTable.COUNT,
          SqlStdOperatorTable.SUM,
          SqlStdOperatorTable.AVG,
          SqlStdOperatorTable.MIN,
          SqlStdOperatorTable.MAX,
          SqlStdOperatorTable.GROUPING,
          SqlStdOperatorTable.EVERY,
          SqlStdOperatorTable.SOME,
          SqlLibraryOperators.BOOL_AND,
          SqlLibraryOperators.BOOL_OR,
          SqlLibraryOperators.STRING_AGG,
          SqlStdOperatorTable.LISTAGG,
          SqlStdOperatorTable.ARG_MIN,
          SqlStdOperatorTable.ARG_MAX,
          SqlLibraryOperators.MIN_BY,
          SqlLibraryOperators.MAX_BY,
          real("STDDEV"),
          real("STDDEV_POP"),
          real("STDDEV_SAMP"),
          real("VARIANCE"),
          real("VAR_POP"),
          real("VAR_SAMP"),
          real("MEDIAN"),
          SqlStdOperatorTable.ROW_NUMBER,
          SqlStdOperatorTable.RANK,
          SqlStdOperatorTable.DENSE_RANK,
          SqlStdOperatorTable.PERCENT_RANK,
          SqlStdOperatorTable.CUME_DIST,
          SqlStdOperatorTable.NTILE,
          SqlStdOperatorTable.LAG,
          SqlStdOperatorTable.LEAD,
          SqlStdOperatorTable.FIRST_VALUE,
          SqlStdOperatorTable.LAST_VALUE,
          SqlStdOperatorTable.NTH_VALUE,
          SqlStdOperatorTable.TUMBLE,
          SqlStdOperatorTable.HOP,
          SqlStdOperatorTable.SESSION,
          SqlStdOperatorTable.DESCRIPTOR,
          SqlStdOperatorTable.AS,
          SqlStdOperatorTable.OVER,
          SqlStdOperatorTable.FILTER,
          SqlStdOperatorTable.WITHIN_GROUP,
          SqlStdOperatorTable.IGNORE_NULLS,
          SqlStdOperatorTable.RESPECT_NULLS,
          SqlStdOperatorTable.DESC,
          SqlStdOperatorTable.NULLS_FIRST,
          SqlStdOperatorTable.NULLS_LAST,
          SqlStdOperatorTable.ROW,
          SqlStdOperatorTable.SCALAR_QUERY,
          SqlStdOperatorTable.UNION,
          SqlStdOperatorTable.UNION_ALL,
          SqlStdOperatorTable.INTERSECT,
          SqlStdOperatorTable.INTERSECT_ALL,
          SqlStdOperatorTable.EXCEPT,
          SqlStdOperatorTable.EXCEPT_ALL,
          SqlStdOperatorTable.VALUES,
          SqlStdOperatorTable.GROUPING_SETS,
          SqlStdOperatorTable.ROLLUP,
          SqlStdOperatorTable.CUBE,
          SqlStdOperatorTable.SOME_EQ,
          SqlStdOperatorTable.SOME_NE,
          SqlStdOperatorTable.SOME_LT,
          SqlStdOperatorTable.SOME_LE,
          SqlStdOperatorTable.SOME_GT,
          SqlStdOperatorTable.SOME_GE,
          SqlStdOperatorTable.ALL_EQ,
          SqlStdOperatorTable.ALL_NE,
          SqlStdOperatorTable.ALL_LT,
          SqlStdOperatorTable.ALL_LE,
          SqlStdOperatorTable.ALL_GT,
          SqlStdOperatorTable.ALL_GE,
          SqlInternalOperators.LITERAL_AGG);

  private static final SqlOperatorTable TABLE = new Table();

  /** Calcite's own tables miss COUNT, whose star makes it another syntax of the same family. */
  private static final class Table implements SqlOperatorTable {
    @Override
    @SuppressWarnings("NullAway") // Calcite passes no category for "any"
    public void lookupOperatorOverloads(
        SqlIdentifier name,
        SqlFunctionCategory category,
        SqlSyntax syntax,
        List<SqlOperator> found,
        SqlNameMatcher names) {
      ALL.stream()
          .filter(o -> o.getSyntax() == syntax || o instanceof SqlFunction && called(syntax))
          .filter(o -> name.isSimple() && o.getName().equalsIgnoreCase(name.getSimple()))
          .forEach(found::add);
    }

    private static boolean called(SqlSyntax syntax) {
      return syntax == SqlSyntax.FUNCTION || syntax == SqlSyntax.FUNCTION_STAR;
    }

    @Override
    public List<SqlOperator> getOperatorList() {
      return ALL;
    }
  }

  private Aggregates() {}

  static SqlOperatorTable operatorTable() {
    return TABLE;
  }

  /** The names that can be called, for suggestions. */
  static List<String> names() {
    return ALL.stream()
        .filter(o -> o instanceof SqlAggFunction)
        .map(SqlOperator::getName)
        .filter(n -> Character.isLetter(n.charAt(0)))
        .toList();
  }

  /** The aggregate of that name in SQL. */
  static Optional<Plan.AggregateFunction> function(String name) {
    return switch (name) {
      case "COUNT" -> Optional.of(Plan.AggregateFunction.COUNT);
      case "SUM" -> Optional.of(Plan.AggregateFunction.SUM);
      case "AVG" -> Optional.of(Plan.AggregateFunction.AVG);
      case "MIN" -> Optional.of(Plan.AggregateFunction.MIN);
      case "MAX" -> Optional.of(Plan.AggregateFunction.MAX);
      case "EVERY", "BOOL_AND" -> Optional.of(Plan.AggregateFunction.BOOL_AND);
      case "SOME", "BOOL_OR" -> Optional.of(Plan.AggregateFunction.BOOL_OR);
      case "STRING_AGG", "LISTAGG" -> Optional.of(Plan.AggregateFunction.STRING_AGG);
      case "ARG_MIN", "MIN_BY" -> Optional.of(Plan.AggregateFunction.ARG_MIN);
      case "ARG_MAX", "MAX_BY" -> Optional.of(Plan.AggregateFunction.ARG_MAX);
      case "STDDEV", "STDDEV_SAMP" -> Optional.of(Plan.AggregateFunction.STDDEV_SAMP);
      case "STDDEV_POP" -> Optional.of(Plan.AggregateFunction.STDDEV_POP);
      case "VARIANCE", "VAR_SAMP" -> Optional.of(Plan.AggregateFunction.VAR_SAMP);
      case "VAR_POP" -> Optional.of(Plan.AggregateFunction.VAR_POP);
      case "MEDIAN" -> Optional.of(Plan.AggregateFunction.MEDIAN);
      case "SINGLE_VALUE" -> Optional.of(Plan.AggregateFunction.SINGLE_VALUE); // of a sub-query
      default -> Optional.empty();
    };
  }

  private static SqlAggFunction real(String name) {
    return SqlBasicAggFunction.create(
        name, SqlKind.OTHER_FUNCTION, DOUBLE_OR_NULL, OperandTypes.family(SqlTypeFamily.NUMERIC));
  }
}
