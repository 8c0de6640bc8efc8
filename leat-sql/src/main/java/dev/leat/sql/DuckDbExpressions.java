package dev.leat.sql;

import dev.leat.model.Type;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Scalar expressions as DuckDB's SQL, with the casts and guards that make DuckDB keep Leat's
 * meaning. What is printed has exactly the type of the expression, and needs no set-up.
 */
public final class DuckDbExpressions {
  private final IntFunction<String> columns;

  private DuckDbExpressions(IntFunction<String> columns) {
    this.columns = columns;
  }

  /**
   * @param columns how the column at a position is written
   */
  public static String print(Expr expr, IntFunction<String> columns) {
    return new DuckDbExpressions(columns).print(expr);
  }

  private String print(Expr expr) {
    return switch (expr) {
      case Expr.ColumnRef column -> columns.apply(column.index());
      case Expr.OuterRef outer ->
          DuckDbPrinter.lateral(outer.lateral()) + "." + DuckDbPrinter.column(outer.index());
      case Expr.Literal literal -> DuckDbLiterals.print(literal);
      case Expr.Cast cast -> DuckDbCasts.print(cast, print(cast.operand()));
      case Expr.Case choice -> choice(choice);
      case Expr.Call call -> call(call);
    };
  }

  private String choice(Expr.Case choice) {
    StringBuilder text = new StringBuilder("CASE");
    for (Expr.Case.Branch branch : choice.branches()) {
      text.append(" WHEN ").append(print(branch.condition()));
      text.append(" THEN ").append(print(branch.value()));
    }
    return text.append(" ELSE ").append(print(choice.otherwise())).append(" END").toString();
  }

  private String call(Expr.Call call) {
    List<String> a = call.arguments().stream().map(this::print).toList();
    return switch (call.function().group()) {
      case LOGIC -> logic(call, a);
      case COMPARISON -> comparison(call.function(), a);
      case ARITHMETIC -> DuckDbArithmetic.print(call, a);
      case CONDITIONAL -> conditional(call, a);
      case MATHS -> DuckDbArithmetic.maths(call, a);
      case TEXT -> DuckDbText.print(call, a);
      case TIME -> DuckDbTime.print(call, a);
      case JSON -> DuckDbTime.json(call.function(), a);
    };
  }

  private static String logic(Expr.Call call, List<String> a) {
    return switch (call.function()) {
      case AND -> connective(call.arguments(), a, "AND", "IS FALSE", "FALSE");
      case OR -> connective(call.arguments(), a, "OR", "IS TRUE", "TRUE");
      case NOT -> "(NOT " + a.getFirst() + ")";
      case IS_NULL -> "(" + a.getFirst() + " IS NULL)";
      case IS_NOT_NULL -> "(" + a.getFirst() + " IS NOT NULL)";
      case IS_TRUE -> "(" + a.getFirst() + " IS TRUE)";
      case IS_NOT_TRUE -> "(" + a.getFirst() + " IS NOT TRUE)";
      case IS_FALSE -> "(" + a.getFirst() + " IS FALSE)";
      case IS_NOT_FALSE -> "(" + a.getFirst() + " IS NOT FALSE)";
      default -> throw new IllegalArgumentException(call.function().name());
    };
  }

  /** What can fail is put where DuckDB evaluates it for undecided rows only. */
  private static String connective(
      List<Expr> arguments, List<String> a, String word, String decided, String value) {
    String text = a.getFirst();
    for (int i = 1; i < a.size(); i++) {
      String both = "(" + text + " " + word + " " + a.get(i) + ")";
      text =
          Failure.isPossible(arguments.get(i))
              ? "(CASE WHEN " + text + " " + decided + " THEN " + value + " ELSE " + both + " END)"
              : both;
    }
    return text;
  }

  private static String comparison(Function function, List<String> a) {
    return switch (function) {
      case EQ -> infix(a, "=");
      case NE -> infix(a, "<>");
      case LT -> infix(a, "<");
      case LE -> infix(a, "<=");
      case GT -> infix(a, ">");
      case GE -> infix(a, ">=");
      case IS_DISTINCT_FROM -> infix(a, "IS DISTINCT FROM");
      case IS_NOT_DISTINCT_FROM -> infix(a, "IS NOT DISTINCT FROM");
      case IN -> "(" + a.getFirst() + " IN (" + String.join(", ", a.subList(1, a.size())) + "))";
      default -> throw new IllegalArgumentException(function.name());
    };
  }

  static String infix(List<String> a, String operator) {
    return "(" + String.join(" " + operator + " ", a) + ")";
  }

  static String function(String name, List<String> a) {
    return name + "(" + String.join(", ", a) + ")";
  }

  static String cast(String value, Type type) {
    return "CAST(" + value + " AS " + type(type) + ")";
  }

  /** The type's name in DuckDB. */
  public static String type(Type type) {
    return type instanceof Type.Varbinary ? "BLOB" : type.sql();
  }

  private static String conditional(Expr.Call call, List<String> a) {
    return switch (call.function()) {
      case COALESCE -> function("coalesce", a);
      case NULLIF -> function("nullif", a);
      case GREATEST -> strict(call.arguments(), a, function("greatest", a));
      case LEAST -> strict(call.arguments(), a, function("least", a));
      default -> throw new IllegalArgumentException(call.function().name());
    };
  }

  /** NULL where an argument is, for functions of DuckDB that pass NULLs over. */
  private static String strict(List<Expr> arguments, List<String> a, String value) {
    String tests =
        IntStream.range(0, a.size())
            .filter(i -> arguments.get(i).nullable())
            .mapToObj(i -> a.get(i) + " IS NULL")
            .collect(Collectors.joining(" OR "));
    return tests.isEmpty() ? value : "(CASE WHEN " + tests + " THEN NULL ELSE " + value + " END)";
  }
}
