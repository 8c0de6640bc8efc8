package dev.leat.sql;

import dev.leat.model.ErrorCode;
import dev.leat.model.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;

/**
 * What is changed in parsed SQL before it is validated: other names of types, {@code x::type}, and
 * functions of the present moment, which a table may not use and a query takes as a constant.
 */
final class SqlRewrite extends SqlShuttle {
  private static final Set<String> MOMENTS =
      Set.of("NOW", "CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "CURRENT_DATE", "TODAY");

  private static final Set<String> RANDOM =
      Set.of(
          "RANDOM",
          "RAND",
          "RAND_INTEGER",
          "UUID",
          "GEN_RANDOM_UUID",
          "CURRENT_TIME",
          "LOCALTIME",
          "CURRENT_USER",
          "SESSION_USER");

  private static final Set<String> APPROXIMATE =
      Set.of("APPROX_COUNT_DISTINCT", "APPROX_QUANTILE", "APPROX_TOP_K", "ANY_VALUE");

  /** TUMBLE and so on in a GROUP BY, as Calcite's parser calls them. */
  private static final Set<String> OLD_WINDOWS = Set.of("$TUMBLE", "$HOP", "$SESSION");

  private final SqlProblems problems;
  private final Optional<Instant> now;
  private final SqlMembership membership = new SqlMembership();

  /**
   * @param now when a query is asked; empty for a table, whose rows may not depend on it
   */
  SqlRewrite(SqlProblems problems, Optional<Instant> now) {
    this.problems = problems;
    this.now = now;
  }

  SqlNode rewrite(SqlNode node) {
    SqlNode rewritten = node.accept(this);
    return rewritten == null ? node : rewritten;
  }

  @Override
  public SqlNode visit(SqlDataTypeSpec spec) {
    SqlParserPos at = spec.getParserPosition();
    if (spec.getTypeNameSpec() instanceof SqlUserDefinedTypeNameSpec named) {
      String name = named.getTypeName().getSimple();
      SqlTypeName type =
          switch (name.toUpperCase(Locale.ROOT)) {
            case "STRING", "TEXT" -> SqlTypeName.VARCHAR;
            case "INT1", "INT2", "INT4" -> SqlTypeName.INTEGER;
            case "INT8", "LONG" -> SqlTypeName.BIGINT;
            case "FLOAT4", "FLOAT8" -> SqlTypeName.DOUBLE;
            case "BOOL" -> SqlTypeName.BOOLEAN;
            case "BYTES", "BLOB", "BYTEA" -> SqlTypeName.VARBINARY;
            case "DATETIME" -> SqlTypeName.TIMESTAMP;
            default ->
                throw problems.at(
                    at,
                    ErrorCode.SQL_INVALID,
                    "There is no type " + name + ".",
                    "Use BOOLEAN, INTEGER, BIGINT, DOUBLE, DECIMAL(p,s), VARCHAR, VARBINARY, DATE"
                        + " or TIMESTAMP.");
          };
      return new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, at), at);
    }
    if (spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
        && basic.getTypeName().getSimple().equals("DECIMAL")
        && basic.getPrecision() > Type.Decimal.MAX_PRECISION) {
      throw problems.at(
          at,
          ErrorCode.SQL_UNSUPPORTED,
          "DECIMAL has at most 18 digits, and " + basic.getPrecision() + " were asked for.",
          "Use DECIMAL(18,"
              + Math.max(0, basic.getScale())
              + "), or DOUBLE if digits may be lost.");
    }
    return spec;
  }

  @Override
  public SqlNode visit(SqlCall call) {
    if (call.getOperator() == SqlLibraryOperators.INFIX_CAST) {
      List<SqlNode> operands = call.getOperandList();
      return SqlStdOperatorTable.CAST.createCall(
          call.getParserPosition(), rewrite(operands.get(0)), rewrite(operands.get(1)));
    }
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (name.equals("COUNT") && call.getOperator() != SqlStdOperatorTable.COUNT) {
      return visit(counted(call));
    }
    checkGrammar(call, name);
    if (call instanceof SqlSelect select) {
      membership.note(select);
    }
    if (membership.concerns(call)) {
      return rewrite(membership.written(call));
    }
    if (call.getKind() == SqlKind.OVER && call.operand(0).getKind() == SqlKind.FILTER) {
      return visit(filteredOver(call));
    }
    boolean function = call.getOperator() instanceof SqlFunction && call.getKind() != SqlKind.CAST;
    if (function && (MOMENTS.contains(name) || RANDOM.contains(name))) {
      return moment(name, call.getParserPosition());
    }
    if (function && APPROXIMATE.contains(name)) {
      throw problems.at(
          call.getParserPosition(),
          ErrorCode.SQL_NOT_DETERMINISTIC,
          name + " may give different answers for the same rows.",
          name.equals("ANY_VALUE") ? "Use MIN or MAX." : "Use the exact form: COUNT(DISTINCT x).");
    }
    SqlNode visited = super.visit(call);
    return visited instanceof SqlCall aggregate ? nullsLast(aggregate) : call;
  }

  /** What Calcite's grammar takes and nothing here can run. */
  private void checkGrammar(SqlCall call, String name) {
    if (call.getKind() == SqlKind.MATCH_RECOGNIZE) {
      throw problems.at(
          call.getParserPosition(),
          ErrorCode.SQL_UNSUPPORTED,
          "MATCH_RECOGNIZE is not supported yet.",
          "Compare rows with LAG and LEAD, or number the steps and join them.");
    }
    if (OLD_WINDOWS.contains(name)) {
      throw problems.at(
          call.getParserPosition(),
          ErrorCode.SQL_INVALID,
          name.substring(1) + " gives each row its windows, and is not a value to group by.",
          "Write FROM TABLE("
              + name.substring(1)
              + "(TABLE t, DESCRIPTOR(time), …)) and group by window_start and window_end.");
    }
  }

  /** Of an order inside an aggregate Calcite says NULLS FIRST by itself if it descends. */
  private static SqlNode nullsLast(SqlCall call) {
    boolean within = call.getKind() == SqlKind.WITHIN_GROUP;
    if (!within && !(call.getOperator() instanceof SqlFunction)) {
      return call;
    }
    List<SqlNode> operands = new ArrayList<>(call.getOperandList());
    for (int i = 0; i < operands.size(); i++) {
      if (operands.get(i) instanceof SqlNodeList order) {
        operands.set(
            i,
            new SqlNodeList(
                order.stream().map(SqlRewrite::nullsLastKey).toList(), order.getParserPosition()));
      }
    }
    return call.getOperator()
        .createCall(
            call.getFunctionQuantifier(),
            call.getParserPosition(),
            operands.toArray(SqlNode[]::new));
  }

  private static SqlNode nullsLastKey(SqlNode key) {
    return key.getKind() == SqlKind.DESCENDING
        ? SqlStdOperatorTable.NULLS_LAST.createCall(key.getParserPosition(), key)
        : key;
  }

  /**
   * {@code f(x) FILTER (WHERE c) OVER w}, which Calcite lacks: {@code f(CASE WHEN c THEN x END)}.
   */
  private SqlCall filteredOver(SqlCall over) {
    SqlCall filter = over.operand(0);
    SqlCall aggregate = filter.operand(0);
    SqlParserPos at = aggregate.getParserPosition();
    String name = aggregate.getOperator().getName().toUpperCase(Locale.ROOT);
    if (Aggregates.names().contains(name) && Aggregates.function(name).isEmpty()) {
      throw problems.at(
          at,
          ErrorCode.SQL_INVALID,
          "FILTER goes with aggregates, and " + name + " is none.",
          "Filter the rows in a sub-query, or put a CASE into " + name + ".");
    }
    List<SqlNode> arguments = new ArrayList<>(aggregate.getOperandList());
    boolean star =
        arguments.isEmpty() || arguments.getFirst() instanceof SqlIdentifier id && id.isStar();
    if (arguments.isEmpty()) {
      arguments.add(SqlLiteral.createNull(at));
    }
    SqlNode counted = star ? SqlLiteral.createExactNumeric("1", at) : arguments.getFirst();
    arguments.set(
        0,
        new SqlCase(
            at,
            null,
            SqlNodeList.of(filter.operand(1)),
            SqlNodeList.of(counted),
            SqlLiteral.createNull(at)));
    SqlNode filtered =
        aggregate
            .getOperator()
            .createCall(aggregate.getFunctionQuantifier(), at, arguments.toArray(SqlNode[]::new));
    return over.getOperator().createCall(over.getParserPosition(), filtered, over.operand(1));
  }

  /** Calcite finds COUNT by name too late to understand its star. */
  private static SqlCall counted(SqlCall call) {
    return SqlStdOperatorTable.COUNT.createCall(
        call.getFunctionQuantifier(),
        call.getParserPosition(),
        call.getOperandList().toArray(SqlNode[]::new));
  }

  @Override
  public SqlNode visit(SqlIdentifier id) {
    String name = id.isSimple() ? id.getSimple().toUpperCase(Locale.ROOT) : "";
    boolean quoted = id.isSimple() && id.isComponentQuoted(0);
    return !quoted && name.startsWith("CURRENT_") && MOMENTS.contains(name)
        ? moment(name, id.getParserPosition())
        : id;
  }

  private SqlNode moment(String name, SqlParserPos at) {
    if (now.isEmpty() || RANDOM.contains(name)) {
      throw problems.at(
          at,
          ErrorCode.SQL_NOT_DETERMINISTIC,
          name + " gives another answer each time it is asked.",
          "A table must follow from its rows alone: use a column that holds the time, or filter by"
              + " time where the table is queried.");
    }
    LocalDateTime moment =
        LocalDateTime.ofInstant(now.get().truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    if (name.equals("CURRENT_DATE") || name.equals("TODAY")) {
      return SqlLiteral.createDate(new DateString(moment.toLocalDate().toString()), at);
    }
    String text =
        moment.toLocalDate()
            + " "
            + moment
                .toLocalTime()
                .truncatedTo(ChronoUnit.SECONDS)
                .format(DateTimeFormatter.ofPattern("HH:mm:ss"));
    TimestampString time = new TimestampString(text).withNanos(moment.getNano());
    return SqlLiteral.createTimestamp(SqlTypeName.TIMESTAMP, time, 6, at);
  }

  @Override
  public SqlNode visit(SqlLiteral literal) {
    if (literal instanceof SqlNumericLiteral number
        && number.isInteger()
        && number.getValue() instanceof BigDecimal value
        && value.precision() > Type.Decimal.MAX_PRECISION + 1) {
      throw problems.at(
          literal.getParserPosition(),
          ErrorCode.SQL_UNSUPPORTED,
          "The number " + value.toPlainString() + " has more digits than any type can hold.",
          "Write it with an exponent to make it a DOUBLE.");
    }
    return literal;
  }
}
