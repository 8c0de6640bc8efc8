package dev.leat.sql;

import dev.leat.model.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/**
 * The allow-list as Calcite wants it: the scalar operators and functions SQL may call, and no
 * others. Functions of {@link Function} that have a {@link Signature} are declared from it; the
 * rest is written as operators of standard SQL's grammar.
 */
public final class Functions {
  private static final List<SqlOperator> OPERATORS =
      List.of(
          SqlStdOperatorTable.AND,
          SqlStdOperatorTable.OR,
          SqlStdOperatorTable.NOT,
          SqlStdOperatorTable.IS_NULL,
          SqlStdOperatorTable.IS_NOT_NULL,
          SqlStdOperatorTable.IS_TRUE,
          SqlStdOperatorTable.IS_NOT_TRUE,
          SqlStdOperatorTable.IS_FALSE,
          SqlStdOperatorTable.IS_NOT_FALSE,
          SqlStdOperatorTable.IS_UNKNOWN,
          SqlStdOperatorTable.IS_NOT_UNKNOWN,
          SqlStdOperatorTable.EQUALS,
          SqlStdOperatorTable.NOT_EQUALS,
          SqlStdOperatorTable.LESS_THAN,
          SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
          SqlStdOperatorTable.GREATER_THAN,
          SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
          SqlStdOperatorTable.IS_DISTINCT_FROM,
          SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
          SqlStdOperatorTable.BETWEEN,
          SqlStdOperatorTable.NOT_BETWEEN,
          SqlStdOperatorTable.SYMMETRIC_BETWEEN,
          SqlStdOperatorTable.SYMMETRIC_NOT_BETWEEN,
          SqlStdOperatorTable.IN,
          SqlStdOperatorTable.NOT_IN,
          SqlStdOperatorTable.EXISTS,
          SqlStdOperatorTable.SEARCH,
          SqlStdOperatorTable.PLUS,
          SqlStdOperatorTable.MINUS,
          SqlStdOperatorTable.MULTIPLY,
          SqlStdOperatorTable.DIVIDE,
          SqlStdOperatorTable.PERCENT_REMAINDER,
          SqlStdOperatorTable.MOD,
          SqlStdOperatorTable.UNARY_MINUS,
          SqlStdOperatorTable.UNARY_PLUS,
          SqlStdOperatorTable.DATETIME_PLUS,
          SqlStdOperatorTable.MINUS_DATE,
          SqlStdOperatorTable.INTERVAL,
          SqlStdOperatorTable.CASE,
          SqlStdOperatorTable.CAST,
          SqlLibraryOperators.TRY_CAST,
          SqlLibraryOperators.INFIX_CAST,
          SqlStdOperatorTable.CONCAT,
          SqlStdOperatorTable.LIKE,
          SqlStdOperatorTable.NOT_LIKE,
          SqlLibraryOperators.ILIKE,
          SqlLibraryOperators.NOT_ILIKE,
          SqlStdOperatorTable.ESCAPE,
          SqlStdOperatorTable.LITERAL_CHAIN,
          SqlStdOperatorTable.TRIM,
          SqlStdOperatorTable.POSITION,
          SqlStdOperatorTable.EXTRACT,
          SqlStdOperatorTable.TIMESTAMP_ADD,
          SqlStdOperatorTable.TIMESTAMP_DIFF,
          SqlStdOperatorTable.JSON_VALUE,
          SqlStdOperatorTable.JSON_EXISTS,
          SqlStdOperatorTable.JSON_VALUE_EXPRESSION);

  private static final Map<String, Function> BY_NAME = byName();
  static final SqlOperator IF = new Conditional();

  /** What becomes of the one that is looked up, whose kind would have Calcite simplify it. */
  static final SqlOperator COALESCE =
      new Declared("COALESCE", SqlKind.OTHER_FUNCTION, Function.COALESCE);

  private static final SqlOperatorTable TABLE = SqlOperatorTables.of(all());

  private Functions() {}

  /** The scalar operators and functions; aggregates and table functions are not in it. */
  public static SqlOperatorTable operatorTable() {
    return TABLE;
  }

  /**
   * How calls become {@link org.apache.calcite.rex.RexCall}s: as Calcite does, but without its
   * expansions of functions that {@link RexToExpr} knows.
   */
  public static SqlRexConvertletTable convertlets() {
    SqlRexConvertlet plain =
        (context, call) ->
            context
                .getRexBuilder()
                .makeCall(
                    context.getValidator().getValidatedNodeType(call),
                    call.getKind() == SqlKind.COALESCE ? COALESCE : call.getOperator(),
                    call.getOperandList().stream().map(context::convertExpression).toList());
    return call ->
        call.getOperator() instanceof Declared
                || call.getOperator() == SqlStdOperatorTable.TIMESTAMP_DIFF
            ? plain
            : StandardConvertletTable.INSTANCE.get(call);
  }

  /** The function with that name or alias, in any case of letters. */
  public static Optional<Function> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toUpperCase(Locale.ROOT)));
  }

  /** Every name that can be called, sorted. */
  public static SortedSet<String> names() {
    TreeSet<String> names = new TreeSet<>(BY_NAME.keySet());
    names.addAll(List.of("CAST", "TRY_CAST", "TRIM", "POSITION", "EXTRACT", "IF"));
    names.addAll(List.of("TIMESTAMPADD", "TIMESTAMPDIFF", "MOD"));
    return names;
  }

  private static Map<String, Function> byName() {
    Map<String, Function> functions = new HashMap<>();
    for (Function function : Function.values()) {
      function
          .signature()
          .ifPresent(signature -> {
            functions.put(signature.name(), function);
            function.aliases().forEach(alias -> functions.put(alias, function));
          });
    }
    return functions;
  }

  private static List<SqlOperator> all() {
    List<SqlOperator> all = new ArrayList<>(OPERATORS);
    BY_NAME.forEach((name, function) -> {
      if (function != Function.JSON_VALUE && function != Function.JSON_EXISTS
          || !name.equals(function.name())) {
        SqlKind kind = function == Function.COALESCE ? SqlKind.COALESCE : SqlKind.OTHER_FUNCTION;
        all.add(new Declared(name, kind, function));
      }
    });
    all.add(IF);
    return all;
  }

  static boolean isIf(SqlOperator operator) {
    return operator == IF;
  }

  /** A function of the list that is called as {@code NAME(arguments)}. */
  static final class Declared extends SqlFunction {
    private final Function function;

    Declared(String name, SqlKind kind, Function function) {
      this(name, kind, function, function.signature().orElseThrow());
    }

    private Declared(String name, SqlKind kind, Function function, Signature signature) {
      super(
          name,
          kind,
          binding -> result(binding, signature),
          null,
          checker(signature),
          category(function));
      this.function = function;
    }

    Function function() {
      return function;
    }
  }

  /** As Calcite has it for those that it makes calls of by itself: COALESCE for JOIN … USING. */
  private static SqlFunctionCategory category(Function function) {
    return switch (function.group()) {
      case TEXT -> SqlFunctionCategory.STRING;
      case TIME -> SqlFunctionCategory.TIMEDATE;
      case CONDITIONAL -> SqlFunctionCategory.SYSTEM;
      default -> SqlFunctionCategory.USER_DEFINED_FUNCTION;
    };
  }

  /** {@code IF(condition, then, else)}: a CASE. */
  private static final class Conditional extends SqlFunction {
    Conditional() {
      super(
          "IF",
          SqlKind.OTHER_FUNCTION,
          binding -> common(binding, 1),
          null,
          OperandTypes.family(SqlTypeFamily.BOOLEAN, SqlTypeFamily.ANY, SqlTypeFamily.ANY),
          SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }
  }

  private static RelDataType result(SqlOperatorBinding binding, Signature signature) {
    RelDataTypeFactory factory = binding.getTypeFactory();
    RelDataType type =
        switch (signature.result()) {
          case BOOLEAN -> CalciteTypes.to(Type.BOOLEAN, factory);
          case INTEGER -> CalciteTypes.to(Type.INTEGER, factory);
          case BIGINT -> CalciteTypes.to(Type.BIGINT, factory);
          case DOUBLE -> CalciteTypes.to(Type.DOUBLE, factory);
          case VARCHAR, CONSTANT -> CalciteTypes.to(Type.VARCHAR, factory);
          case DATE -> CalciteTypes.to(Type.DATE, factory);
          case TIMESTAMP -> CalciteTypes.to(Type.TIMESTAMP, factory);
          case NUMBER, DATETIME -> asGiven(binding, signature);
          case SAME -> common(binding, 0);
        };
    boolean nullable =
        switch (signature.nulls()) {
          case NEVER -> false;
          case POSSIBLE -> true;
          case FROM_ARGUMENTS ->
              binding.getOperator().getName().equals("COALESCE")
                  ? binding.collectOperandTypes().stream().allMatch(RelDataType::isNullable)
                  : binding.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
        };
    return factory.createTypeWithNullability(type, nullable);
  }

  /** The type of the argument that has the result's kind; text becomes what was asked for. */
  private static RelDataType asGiven(SqlOperatorBinding binding, Signature signature) {
    for (int i = 0; i < binding.getOperandCount(); i++) {
      if (signature.kind(i) == signature.result()) {
        return CalciteTypes.to(
            CalciteTypes.of(binding.getOperandType(i)), binding.getTypeFactory());
      }
    }
    throw new IllegalStateException(signature.toString());
  }

  private static RelDataType common(SqlOperatorBinding binding, int from) {
    List<RelDataType> types = binding.collectOperandTypes();
    RelDataType type = binding.getTypeFactory().leastRestrictive(types.subList(from, types.size()));
    if (type == null) {
      throw new IllegalArgumentException(
          binding.getOperator().getName() + " takes arguments of one type, not " + types);
    }
    return type;
  }

  private static SqlOperandTypeChecker checker(Signature signature) {
    int maximum = signature.maximum();
    if (maximum >= 0) {
      List<SqlTypeFamily> families =
          signature.parameters().stream().map(p -> family(p.kind())).toList();
      return OperandTypes.family(families, i -> i >= signature.minimum());
    }
    return new Variadic(signature);
  }

  static SqlTypeFamily family(Signature.Kind kind) {
    return switch (kind) {
      case BOOLEAN -> SqlTypeFamily.BOOLEAN;
      case INTEGER, BIGINT -> SqlTypeFamily.INTEGER;
      case DOUBLE, NUMBER -> SqlTypeFamily.NUMERIC;
      case VARCHAR -> SqlTypeFamily.CHARACTER;
      case DATE -> SqlTypeFamily.DATE;
      case TIMESTAMP, DATETIME -> SqlTypeFamily.DATETIME;
      case SAME, CONSTANT -> SqlTypeFamily.ANY;
    };
  }

  /** Any number of arguments at the end. */
  private record Variadic(Signature signature) implements SqlOperandTypeChecker {
    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
      List<SqlTypeFamily> families = new ArrayList<>();
      for (int i = 0; i < binding.getOperandCount(); i++) {
        families.add(family(signature.kind(i)));
      }
      return OperandTypes.family(families).checkOperandTypes(binding, throwOnFailure);
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      return SqlOperandCountRanges.from(signature.minimum());
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
      return signature.toString();
    }
  }
}
