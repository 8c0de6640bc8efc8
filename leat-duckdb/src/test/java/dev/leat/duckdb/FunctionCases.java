package dev.leat.duckdb;

import dev.leat.model.Type;
import dev.leat.sql.Expr;
import dev.leat.sql.Function;
import dev.leat.sql.Signature;
import java.util.ArrayList;
import java.util.List;

/**
 * For each function the argument types it is tried with, and the constants where it takes
 * constants. A function that nothing is known of here fails the test.
 */
final class FunctionCases {
  private static final Type DECIMAL = Type.decimal(10, 2);
  private static final List<Type> NUMBERS =
      List.of(Type.INTEGER, Type.BIGINT, DECIMAL, Type.decimal(18, 6), Type.DOUBLE);
  private static final List<Type> TYPES =
      List.of(
          Type.BOOLEAN,
          Type.INTEGER,
          Type.BIGINT,
          DECIMAL,
          Type.DOUBLE,
          Type.VARCHAR,
          Type.DATE,
          Type.TIMESTAMP);

  private FunctionCases() {}

  /** An argument: a column of a type, or a constant. */
  sealed interface Argument {
    record Of(Type type) implements Argument {}

    record Constant(Expr.Literal literal) implements Argument {}
  }

  record Case(Function function, List<Argument> arguments, Type result) {
    @Override
    public String toString() {
      List<String> shown = new ArrayList<>();
      for (Argument argument : arguments) {
        shown.add(
            switch (argument) {
              case Argument.Of(Type type) -> type.sql();
              case Argument.Constant(Expr.Literal literal) -> "'" + literal.value().get() + "'";
            });
      }
      return function + shown.toString();
    }
  }

  static List<Case> of(Function function) {
    return switch (function) {
      case AND, OR ->
          List.of(
              columns(function, Type.BOOLEAN, Type.BOOLEAN, Type.BOOLEAN),
              columns(function, Type.BOOLEAN, Type.BOOLEAN, Type.BOOLEAN, Type.BOOLEAN));
      case NOT, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
          List.of(columns(function, Type.BOOLEAN, Type.BOOLEAN));
      case IS_NULL, IS_NOT_NULL ->
          TYPES.stream().map(t -> columns(function, Type.BOOLEAN, t)).toList();
      case EQ, NE, LT, LE, GT, GE, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM ->
          TYPES.stream().map(t -> columns(function, Type.BOOLEAN, t, t)).toList();
      case IN -> in();
      case PLUS, MINUS, TIMES, DIVIDE, MOD -> arithmetic(function);
      case NEGATE -> NUMBERS.stream().map(t -> columns(function, t, t)).toList();
      case CONCATENATE -> List.of(columns(function, Type.VARCHAR, Type.VARCHAR, Type.VARCHAR));
      case LIKE, ILIKE -> like(function);
      case TIMESTAMPDIFF -> differences(function);
      default -> declared(function, function.signature().orElseThrow());
    };
  }

  private static Case columns(Function function, Type result, Type... arguments) {
    List<Argument> columns = new ArrayList<>();
    for (Type type : arguments) {
      columns.add(new Argument.Of(type));
    }
    return new Case(function, columns, result);
  }

  private static List<Case> in() {
    return List.of(
        new Case(
            Function.IN,
            List.of(new Argument.Of(Type.BIGINT), number(1), number(-7), number(1000)),
            Type.BOOLEAN),
        new Case(
            Function.IN,
            List.of(
                new Argument.Of(Type.VARCHAR), text("abc"), text(""), text("héllo"), text("12")),
            Type.BOOLEAN),
        new Case(
            Function.IN,
            List.of(new Argument.Of(Type.DOUBLE), real(0.1), real(Double.NaN), real(0)),
            Type.BOOLEAN));
  }

  private static Argument number(long value) {
    return new Argument.Constant(Expr.Literal.of(value, Type.BIGINT));
  }

  private static Argument digits(long value) {
    return new Argument.Constant(Expr.Literal.of(value, Type.INTEGER));
  }

  private static Argument text(String value) {
    return new Argument.Constant(Expr.Literal.of(value));
  }

  private static Argument real(double value) {
    return new Argument.Constant(Expr.Literal.of(value));
  }

  private static List<Case> arithmetic(Function function) {
    return List.of(
        columns(function, Type.INTEGER, Type.INTEGER, Type.INTEGER),
        columns(function, Type.BIGINT, Type.BIGINT, Type.BIGINT),
        columns(function, Type.DOUBLE, Type.DOUBLE, Type.DOUBLE),
        columns(function, Type.decimal(11, 2), DECIMAL, DECIMAL),
        columns(function, Type.decimal(18, 4), DECIMAL, DECIMAL),
        columns(function, Type.decimal(18, 6), Type.decimal(18, 2), Type.decimal(18, 6)),
        columns(function, Type.decimal(18, 2), Type.decimal(18, 0), DECIMAL),
        columns(function, Type.decimal(18, 6), Type.decimal(18, 6), Type.decimal(9, 6)));
  }

  private static List<Case> like(Function function) {
    List<Case> cases = new ArrayList<>();
    cases.add(columns(function, Type.BOOLEAN, Type.VARCHAR, Type.VARCHAR));
    for (String escape : List.of("\\", "%", "_", "A", "^", "]")) {
      Argument column = new Argument.Of(Type.VARCHAR);
      cases.add(new Case(function, List.of(column, column, text(escape)), Type.BOOLEAN));
    }
    for (String pattern :
        List.of("", "%", "a%", "%a", "%a%c", "_", "h_llo", "%l%o%", "a\\%c", "A%")) {
      cases.add(
          new Case(function, List.of(new Argument.Of(Type.VARCHAR), text(pattern)), Type.BOOLEAN));
      cases.add(
          new Case(
              function,
              List.of(new Argument.Of(Type.VARCHAR), text(pattern), text("\\")),
              Type.BOOLEAN));
    }
    return cases;
  }

  private static List<Case> differences(Function function) {
    return units().stream()
        .map(u ->
            new Case(
                function,
                List.of(text(u), new Argument.Of(Type.TIMESTAMP), new Argument.Of(Type.TIMESTAMP)),
                Type.BIGINT))
        .toList();
  }

  private static List<String> units() {
    return List.of(
        "year", "quarter", "month", "week", "day", "hour", "minute", "second", "millisecond");
  }

  private static List<Case> declared(Function function, Signature signature) {
    List<Case> cases = new ArrayList<>();
    List<Integer> counts = new ArrayList<>(List.of(signature.minimum()));
    if (signature.maximum() != signature.minimum()) {
      counts.add(signature.minimum() + 1);
    }
    for (int count : counts) {
      for (Type type : choices(signature)) {
        expand(function, signature, count, type, new ArrayList<>(), cases);
      }
    }
    return cases;
  }

  /** What the arguments whose type is free are tried with. */
  private static List<Type> choices(Signature signature) {
    List<Signature.Kind> kinds =
        signature.parameters().stream().map(Signature.Parameter::kind).toList();
    if (kinds.contains(Signature.Kind.SAME)) {
      return TYPES;
    }
    if (kinds.contains(Signature.Kind.NUMBER)) {
      return NUMBERS;
    }
    return kinds.contains(Signature.Kind.DATETIME)
        ? List.of(Type.DATE, Type.TIMESTAMP)
        : List.of(Type.BOOLEAN);
  }

  private static void expand(
      Function function,
      Signature signature,
      int count,
      Type free,
      List<Argument> chosen,
      List<Case> cases) {
    if (chosen.size() == count) {
      cases.add(new Case(function, List.copyOf(chosen), type(signature.result(), free)));
      return;
    }
    Signature.Kind kind = signature.kind(chosen.size());
    List<Argument> options =
        kind == Signature.Kind.CONSTANT
            ? constants(function, chosen.size())
            : List.of(new Argument.Of(type(kind, free)));
    for (Argument option : options) {
      chosen.add(option);
      expand(function, signature, count, free, chosen, cases);
      chosen.removeLast();
    }
  }

  private static Type type(Signature.Kind kind, Type free) {
    return switch (kind) {
      case BOOLEAN -> Type.BOOLEAN;
      case INTEGER -> Type.INTEGER;
      case BIGINT -> Type.BIGINT;
      case DOUBLE -> Type.DOUBLE;
      case VARCHAR -> Type.VARCHAR;
      case DATE -> Type.DATE;
      case TIMESTAMP -> Type.TIMESTAMP;
      case DATETIME, NUMBER, SAME -> free;
      case CONSTANT -> throw new IllegalArgumentException();
    };
  }

  private static List<Argument> constants(Function function, int position) {
    return switch (function) {
      case ROUND -> List.of(digits(0), digits(1), digits(2), digits(5), digits(-1), digits(-3));
      case TRUNCATE -> List.of(digits(0), digits(1), digits(4));
      case DATE_TRUNC, DATE_DIFF -> units().stream().map(FunctionCases::text).toList();
      case STRFTIME -> List.of(text("%Y-%m-%d %H:%M:%S.%f"), text("%y %j %B %b %A %a %I %p %%"));
      case JSON_VALUE, JSON_EXISTS, JSON_ARRAY_LENGTH ->
          List.of(
              text("$"),
              text("$.a"),
              text("$.a.b"),
              text("$[0]"),
              text("$.a.b[1]"),
              text("$[1].a"),
              text("$.a[2]"));
      case REGEXP_LIKE ->
          List.of(
              text("a"),
              text("^a"),
              text("(?i)abc"),
              text("l+"),
              text("^$"),
              text("\\d+"),
              text("[é-ü]"));
      case REGEXP_REPLACE ->
          position == 1
              ? List.of(text("a"), text("(a)(b)?"), text("b*"), text(""), text("\\s+"), text("(.)"))
              : List.of(text(""), text("x"), text("<\\0>"), text("\\\\$1"));
      case REGEXP_EXTRACT ->
          position == 1
              ? List.of(text("(a)b?"), text("(l+)"), text("([0-9]+)"), text("(z)?"))
              : List.of(digits(0), digits(1));
      default -> throw new IllegalStateException("no constants are known for " + function);
    };
  }
}
