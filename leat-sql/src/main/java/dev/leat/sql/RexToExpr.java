package dev.leat.sql;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.util.Sarg;

/**
 * Calcite's scalar expressions as {@link Expr}s: every implicit conversion written out, intervals
 * turned into months or microseconds, SEARCH expanded. Windows and sub-queries are the caller's
 * business: they must be gone before.
 */
public final class RexToExpr {
  private final RexBuilder builder;
  private final Intervals intervals = new Intervals(this);

  public RexToExpr(RexBuilder builder) {
    this.builder = builder;
  }

  /**
   * @throws LeatException LEAT-2007 or LEAT-2002 for what is not on the allow-list
   */
  public Expr translate(RexNode rex) {
    return switch (rex) {
      case RexInputRef ref ->
          new Expr.ColumnRef(
              ref.getIndex(), CalciteTypes.of(ref.getType()), ref.getType().isNullable());
      case RexLiteral literal -> Literals.of(literal);
      case RexFieldAccess field when field.getReferenceExpr() instanceof RexCorrelVariable around ->
          new Expr.OuterRef(
              around.id.getId(),
              field.getField().getIndex(),
              CalciteTypes.of(field.getType()),
              field.getType().isNullable());
      case RexCall call -> located(call);
      default -> throw unsupported("The expression " + rex);
    };
  }

  List<Expr> translate(List<RexNode> nodes) {
    return nodes.stream().map(this::translate).toList();
  }

  /** What is wrong with a call is wrong where it stands. */
  private Expr located(RexCall call) {
    try {
      return call(call);
    } catch (LeatException e) {
      throw Refusal.of(call, e);
    }
  }

  private Expr call(RexCall call) {
    if (call.getOperator() instanceof Functions.Declared declared) {
      return declared(call, declared.function());
    }
    if (Functions.isIf(call.getOperator())) {
      return conditional(call);
    }
    return switch (call.getKind()) {
      case AND -> logic(Function.AND, call);
      case OR -> logic(Function.OR, call);
      case NOT -> logic(Function.NOT, call);
      case IS_NULL -> test(Function.IS_NULL, call);
      case IS_NOT_NULL -> test(Function.IS_NOT_NULL, call);
      case IS_TRUE -> test(Function.IS_TRUE, call);
      case IS_NOT_TRUE -> test(Function.IS_NOT_TRUE, call);
      case IS_FALSE -> test(Function.IS_FALSE, call);
      case IS_NOT_FALSE -> test(Function.IS_NOT_FALSE, call);
      case EQUALS -> comparison(Function.EQ, call);
      case NOT_EQUALS -> comparison(Function.NE, call);
      case LESS_THAN -> comparison(Function.LT, call);
      case LESS_THAN_OR_EQUAL -> comparison(Function.LE, call);
      case GREATER_THAN -> comparison(Function.GT, call);
      case GREATER_THAN_OR_EQUAL -> comparison(Function.GE, call);
      case IS_DISTINCT_FROM -> comparison(Function.IS_DISTINCT_FROM, call);
      case IS_NOT_DISTINCT_FROM -> comparison(Function.IS_NOT_DISTINCT_FROM, call);
      case SEARCH -> search(call);
      case PLUS, CHECKED_PLUS -> sum(Function.PLUS, call);
      case MINUS, CHECKED_MINUS -> sum(Function.MINUS, call);
      case TIMES, CHECKED_TIMES -> arithmetic(Function.TIMES, call);
      case DIVIDE, CHECKED_DIVIDE -> arithmetic(Function.DIVIDE, call);
      case MOD -> mod(call);
      case MINUS_PREFIX, CHECKED_MINUS_PREFIX -> arithmetic(Function.NEGATE, call);
      case PLUS_PREFIX -> translate(call.getOperands().getFirst());
      case CASE -> caseOf(call);
      case CAST, SAFE_CAST -> conversion(call);
      case LIKE -> like(call);
      case TRIM -> trim(call);
      case EXTRACT -> extract(call);
      case FLOOR, CEIL -> rounding(call);
      case TIMESTAMP_DIFF -> intervals.difference(call);
      case JSON_VALUE_EXPRESSION -> translate(call.getOperands().getFirst());
      default -> named(call);
    };
  }

  /** Operators of the grammar that have no kind of their own. */
  private Expr named(RexCall call) {
    return switch (call.getOperator().getName()) {
      case "||" -> textual(Function.CONCATENATE, call, Type.VARCHAR);
      case "POSITION" -> {
        List<Expr> arguments = translate(call.getOperands());
        yield make(call, Function.STRPOS, List.of(arguments.get(1), arguments.get(0)));
      }
      case "JSON_VALUE" ->
          make(call, Function.JSON_VALUE, translate(call.getOperands().subList(0, 2)));
      case "JSON_EXISTS" ->
          make(call, Function.JSON_EXISTS, translate(call.getOperands().subList(0, 2)));
      case String name ->
          Functions.named(name)
              .map(function -> declared(call, function))
              .orElseThrow(() -> unsupported("The function " + name));
    };
  }

  private Expr declared(RexCall call, Function function) {
    return make(call, function, translate(call.getOperands()));
  }

  private Expr make(RexCall call, Function function, List<Expr> arguments) {
    Signature signature = function.signature().orElseThrow();
    Type type = resultType(call, signature, arguments);
    List<Expr> exact = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      exact.add(argument(arguments.get(i), signature.kind(i), type, call, i));
    }
    if (exact.size() == 1 && function == Function.COALESCE) {
      return exact.getFirst();
    }
    Constants.check(function, exact);
    boolean nullable =
        switch (signature.nulls()) {
          case NEVER -> false;
          case POSSIBLE -> true;
          case FROM_ARGUMENTS ->
              function == Function.COALESCE
                  ? exact.stream().allMatch(Expr::nullable)
                  : exact.stream().anyMatch(Expr::nullable);
        };
    return new Expr.Call(function, exact, type, nullable);
  }

  private static Type resultType(RexCall call, Signature signature, List<Expr> arguments) {
    if (signature.result() == Signature.Kind.NUMBER
        || signature.result() == Signature.Kind.DATETIME) {
      for (int i = 0; i < arguments.size(); i++) {
        if (signature.kind(i) == signature.result()) {
          return arguments.get(i).type();
        }
      }
    }
    return switch (signature.result()) {
      case BOOLEAN -> Type.BOOLEAN;
      case INTEGER -> Type.INTEGER;
      case BIGINT -> Type.BIGINT;
      case DOUBLE -> Type.DOUBLE;
      case VARCHAR, CONSTANT -> Type.VARCHAR;
      case DATE -> Type.DATE;
      case TIMESTAMP -> Type.TIMESTAMP;
      case NUMBER, DATETIME, SAME -> CalciteTypes.of(call.getType());
    };
  }

  private static Expr argument(
      Expr argument, Signature.Kind kind, Type result, RexCall call, int position) {
    return switch (kind) {
      case BOOLEAN -> Conversions.to(argument, Type.BOOLEAN);
      case INTEGER -> Conversions.to(argument, Type.INTEGER);
      case BIGINT -> Conversions.to(argument, Type.BIGINT);
      case DOUBLE -> Conversions.to(argument, Type.DOUBLE);
      case VARCHAR -> Conversions.to(argument, Type.VARCHAR);
      case DATE -> Conversions.to(argument, Type.DATE);
      case TIMESTAMP -> Conversions.to(argument, Type.TIMESTAMP);
      case SAME -> Conversions.to(argument, result);
      case DATETIME, NUMBER -> argument;
      case CONSTANT -> {
        if (!(argument instanceof Expr.Literal literal) || literal.value().isEmpty()) {
          throw new LeatException(
              Problem.of(
                  ErrorCode.SQL_INVALID,
                  call.getOperator().getName()
                      + " takes a constant as argument "
                      + (position + 1)
                      + ", not "
                      + call.getOperands().get(position)
                      + ".",
                  "Write the value itself there."));
        }
        yield argument;
      }
    };
  }

  private Expr logic(Function function, RexCall call) {
    return plain(function, translate(call.getOperands()), Type.BOOLEAN);
  }

  private Expr test(Function function, RexCall call) {
    return new Expr.Call(function, translate(call.getOperands()), Type.BOOLEAN, false);
  }

  private Expr comparison(Function function, RexCall call) {
    List<Expr> arguments = translate(call.getOperands());
    Type common = Conversions.common(arguments.get(0).type(), arguments.get(1).type());
    List<Expr> exact =
        List.of(Conversions.to(arguments.get(0), common), Conversions.to(arguments.get(1), common));
    boolean nullSafe =
        function == Function.IS_DISTINCT_FROM || function == Function.IS_NOT_DISTINCT_FROM;
    return nullSafe
        ? new Expr.Call(function, exact, Type.BOOLEAN, false)
        : plain(function, exact, Type.BOOLEAN);
  }

  private Expr textual(Function function, RexCall call, Type type) {
    List<Expr> exact =
        translate(call.getOperands()).stream().map(e -> Conversions.to(e, Type.VARCHAR)).toList();
    return plain(function, exact, type);
  }

  static Expr plain(Function function, List<Expr> arguments, Type type) {
    return new Expr.Call(function, arguments, type, arguments.stream().anyMatch(Expr::nullable));
  }

  private Expr sum(Function function, RexCall call) {
    return Intervals.concerns(call) ? intervals.sum(call) : arithmetic(function, call);
  }

  /** A rest has the type of the divisor, but may be that of a wider dividend. */
  private Expr mod(RexCall call) {
    List<Expr> operands = translate(call.getOperands());
    Type type = CalciteTypes.of(call.getType());
    if (!type.equals(Type.INTEGER) || !operands.getFirst().type().equals(Type.BIGINT)) {
      return arithmetic(Function.MOD, call);
    }
    Expr rest =
        plain(
            Function.MOD,
            operands.stream().map(e -> operand(e, Type.BIGINT)).toList(),
            Type.BIGINT);
    return new Expr.Cast(rest, type, rest.nullable(), false);
  }

  private Expr arithmetic(Function function, RexCall call) {
    if (Intervals.isInterval(call.getType())) {
      return intervals.amount(call);
    }
    Type type = CalciteTypes.of(call.getType());
    List<Expr> exact = translate(call.getOperands()).stream().map(e -> operand(e, type)).toList();
    return plain(function, exact, type);
  }

  /** Operands of exact decimal arithmetic keep their own scale. */
  private static Expr operand(Expr expr, Type result) {
    if (!(result instanceof Type.Decimal)) {
      return Conversions.to(expr, result);
    }
    return switch (expr.type()) {
      case Type.Int _ -> Conversions.to(expr, Type.decimal(10, 0));
      case Type.BigInt _ -> Conversions.to(expr, Type.decimal(18, 0));
      case Type.Decimal _ -> expr;
      default -> Conversions.to(expr, result);
    };
  }

  private Expr caseOf(RexCall call) {
    Type type = CalciteTypes.of(call.getType());
    List<Expr> operands = translate(call.getOperands());
    List<Expr.Case.Branch> branches = new ArrayList<>();
    for (int i = 0; i + 1 < operands.size(); i += 2) {
      branches.add(
          new Expr.Case.Branch(operands.get(i), Conversions.to(operands.get(i + 1), type)));
    }
    Expr otherwise = Conversions.to(operands.getLast(), type);
    return choice(branches, otherwise, type);
  }

  private Expr conditional(RexCall call) {
    Type type = CalciteTypes.of(call.getType());
    List<Expr> operands = translate(call.getOperands());
    Expr.Case.Branch branch =
        new Expr.Case.Branch(operands.get(0), Conversions.to(operands.get(1), type));
    return choice(List.of(branch), Conversions.to(operands.get(2), type), type);
  }

  private static Expr choice(List<Expr.Case.Branch> branches, Expr otherwise, Type type) {
    boolean nullable =
        otherwise.nullable() || branches.stream().anyMatch(b -> b.value().nullable());
    return new Expr.Case(branches, otherwise, type, nullable);
  }

  private Expr conversion(RexCall call) {
    RexNode operand = call.getOperands().getFirst();
    if (Intervals.isInterval(call.getType()) || Intervals.isInterval(operand.getType())) {
      return intervals.amount(call);
    }
    Expr from = translate(operand);
    Type type = CalciteTypes.of(call.getType());
    return call.getKind() == SqlKind.SAFE_CAST
        ? Conversions.orNull(from, type)
        : Conversions.to(from, type);
  }

  private Expr like(RexCall call) {
    boolean anyCase = call.getOperator().getName().contains("ILIKE");
    Function function = anyCase ? Function.ILIKE : Function.LIKE;
    Expr matched = textual(function, call, Type.BOOLEAN);
    Constants.check(function, ((Expr.Call) matched).arguments());
    return call.getOperator().getName().startsWith("NOT ")
        ? plain(Function.NOT, List.of(matched), Type.BOOLEAN)
        : matched;
  }

  private Expr trim(RexCall call) {
    SqlTrimFunction.Flag flag =
        ((RexLiteral) call.getOperands().get(0)).getValueAs(SqlTrimFunction.Flag.class);
    Function function =
        switch (Objects.requireNonNull(flag)) {
          case BOTH -> Function.TRIM;
          case LEADING -> Function.LTRIM;
          case TRAILING -> Function.RTRIM;
        };
    Expr characters = Conversions.to(translate(call.getOperands().get(1)), Type.VARCHAR);
    Expr text = Conversions.to(translate(call.getOperands().get(2)), Type.VARCHAR);
    return characters.equals(Expr.Literal.of(" "))
        ? plain(function, List.of(text), Type.VARCHAR)
        : plain(function, List.of(text, characters), Type.VARCHAR);
  }

  private Expr extract(RexCall call) {
    Function function = Intervals.part((RexLiteral) call.getOperands().get(0));
    return make(call, function, List.of(translate(call.getOperands().get(1))));
  }

  private Expr rounding(RexCall call) {
    if (call.getOperands().size() == 1) {
      return declared(call, call.getKind() == SqlKind.FLOOR ? Function.FLOOR : Function.CEIL);
    }
    if (call.getKind() == SqlKind.CEIL) {
      throw unsupported("CEIL(… TO unit)");
    }
    String unit = Intervals.unit((RexLiteral) call.getOperands().get(1));
    return make(
        call,
        Function.DATE_TRUNC,
        List.of(Expr.Literal.of(unit), translate(call.getOperands().get(0))));
  }

  /** Points become IN; ranges are written out as comparisons. */
  private Expr search(RexCall call) {
    RexNode operand = call.getOperands().get(0);
    Sarg<?> sarg = ((RexLiteral) call.getOperands().get(1)).getValueAs(Sarg.class);
    boolean plainNulls = Objects.requireNonNull(sarg).nullAs == RexUnknownAs.UNKNOWN;
    if (plainNulls && (sarg.isPoints() || sarg.isComplementedPoints())) {
      Sarg<?> points = sarg.isPoints() ? sarg : sarg.negate();
      Expr in = in(operand, points);
      return sarg.isPoints() ? in : plain(Function.NOT, List.of(in), Type.BOOLEAN);
    }
    return translate(RexUtil.expandSearch(builder, null, call));
  }

  private Expr in(RexNode operand, Sarg<?> points) {
    RelDataType type = operand.getType();
    Expr value = translate(operand);
    List<Expr> arguments = new ArrayList<>(List.of(value));
    for (Object range : points.rangeSet.asRanges()) {
      Object point = ((com.google.common.collect.Range<?>) range).lowerEndpoint();
      Expr constant = translate(builder.makeLiteral(point, type, true));
      arguments.add(Conversions.to(constant, value.type()));
    }
    return arguments.size() == 2
        ? plain(Function.EQ, arguments, Type.BOOLEAN)
        : plain(Function.IN, arguments, Type.BOOLEAN);
  }

  static LeatException unsupported(String what) {
    return new LeatException(
        Problem.of(
            ErrorCode.SQL_UNSUPPORTED,
            what + " is not on the list of functions.",
            "docs/functions.md has the list."));
  }
}
