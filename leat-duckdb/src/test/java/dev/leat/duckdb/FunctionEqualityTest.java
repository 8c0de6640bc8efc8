package dev.leat.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import dev.leat.sql.Function;
import dev.leat.sql.Signature;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function means the same to the maintenance runtime and to DuckDB. */
class FunctionEqualityTest {
  private static DuckDb duckDb;
  private static Session session;

  @BeforeAll
  static void open() {
    duckDb = DuckDb.open(DuckDb.Settings.reading().withThreads(1));
    session = duckDb.session();
  }

  @AfterAll
  static void close() {
    session.close();
    duckDb.close();
  }

  @ParameterizedTest
  @EnumSource(Function.class)
  void functionMeansTheSame(Function function) {
    List<FunctionCases.Case> cases = FunctionCases.of(function);
    assertThat(cases).isNotEmpty();
    int values = 0;
    for (FunctionCases.Case each : cases) {
      values += check(each);
    }
    assertThat(values).isPositive();
  }

  private static int check(FunctionCases.Case each) {
    List<Type> types = new ArrayList<>();
    List<List<Object>> values = new ArrayList<>();
    List<Expr> arguments = new ArrayList<>();
    boolean json = each.function().group() == Function.Group.JSON;
    for (FunctionCases.Argument argument : each.arguments()) {
      switch (argument) {
        case FunctionCases.Argument.Of(Type type) -> {
          arguments.add(new Expr.ColumnRef(types.size(), type, true));
          types.add(type);
          values.add(json ? SampleValues.json() : SampleValues.of(type));
        }
        case FunctionCases.Argument.Constant(Expr.Literal literal) -> arguments.add(literal);
      }
    }
    if (types.isEmpty()) {
      types.add(Type.BOOLEAN);
      values.add(SampleValues.of(Type.BOOLEAN));
    }
    Batch rows = Comparison.grid(types, values);
    Expr call = new Expr.Call(each.function(), arguments, each.result(), true);
    return Comparison.check(session, each.toString(), call, rows);
  }

  static List<Expr.Cast> casts() {
    List<Type> types =
        List.of(
            Type.BOOLEAN,
            Type.INTEGER,
            Type.BIGINT,
            Type.decimal(10, 2),
            Type.decimal(18, 1),
            Type.decimal(18, 6),
            Type.decimal(18, 18),
            Type.decimal(3, 0),
            Type.DOUBLE,
            Type.VARCHAR);
    List<Expr.Cast> casts = new ArrayList<>();
    for (Type from : types) {
      for (Type to : types) {
        casts(casts, from, to);
      }
    }
    for (Type time : List.of(Type.DATE, Type.TIMESTAMP, Type.VARBINARY)) {
      casts(casts, time, Type.VARCHAR);
      casts(casts, Type.VARCHAR, time);
    }
    casts(casts, Type.DATE, Type.TIMESTAMP);
    casts(casts, Type.TIMESTAMP, Type.DATE);
    return casts;
  }

  private static void casts(List<Expr.Cast> casts, Type from, Type to) {
    if (!from.equals(to)) {
      Expr column = new Expr.ColumnRef(0, from, true);
      casts.add(new Expr.Cast(column, to, true, false));
      casts.add(new Expr.Cast(column, to, true, true));
    }
  }

  @ParameterizedTest
  @MethodSource("casts")
  void castMeansTheSame(Expr.Cast cast) {
    Type from = cast.operand().type();
    Batch rows = Comparison.grid(List.of(from), List.of(SampleValues.of(from)));
    assertThat(Comparison.check(session, from.sql() + " to " + cast.type().sql(), cast, rows))
        .isPositive();
  }

  /** Letters of every alphabet, one by one. */
  @ParameterizedTest
  @EnumSource(
      value = Function.class,
      names = {"UPPER", "LOWER", "INITCAP", "TRIM", "LENGTH", "REVERSE", "ASCII"})
  void everyCharacterIsTreatedTheSame(Function function) {
    List<Object> characters = new ArrayList<>();
    for (int c = 1; c < 0x1F000; c += 1) {
      if (Character.isDefined(c) && (c < 0xD800 || c > 0xDFFF)) {
        characters.add(Character.toString(c));
      }
    }
    Type result =
        function.signature().orElseThrow().result() == Signature.Kind.VARCHAR
            ? Type.VARCHAR
            : Type.INTEGER;
    Expr call =
        new Expr.Call(function, List.of(new Expr.ColumnRef(0, Type.VARCHAR, true)), result, true);
    Batch rows = Comparison.grid(List.of(Type.VARCHAR), List.of(characters), characters.size());
    assertThat(Comparison.check(session, function.name(), call, rows)).isEqualTo(characters.size());
  }

  /** What is not asked for is no error. */
  @Test
  void branchesThatAreNotTakenDoNotFail() {
    Expr a = new Expr.ColumnRef(0, Type.INTEGER, true);
    Expr b = new Expr.ColumnRef(1, Type.INTEGER, true);
    Expr zero = Expr.Literal.of(0, Type.INTEGER);
    Expr quotient = new Expr.Call(Function.DIVIDE, List.of(a, b), Type.INTEGER, true);
    Expr isZero = new Expr.Call(Function.EQ, List.of(b, zero), Type.BOOLEAN, true);
    Expr notZero = new Expr.Call(Function.NE, List.of(b, zero), Type.BOOLEAN, true);
    Expr large = new Expr.Call(Function.GT, List.of(quotient, zero), Type.BOOLEAN, true);
    Expr guarded =
        new Expr.Case(
            List.of(new Expr.Case.Branch(isZero, Expr.Literal.of(-9, Type.INTEGER))),
            quotient,
            Type.INTEGER,
            true);
    Expr first = new Expr.Call(Function.NULLIF, List.of(b, zero), Type.INTEGER, true);
    Expr both = new Expr.Call(Function.AND, List.of(notZero, large), Type.BOOLEAN, true);
    Expr either = new Expr.Call(Function.OR, List.of(isZero, large), Type.BOOLEAN, true);
    Expr coalesced =
        new Expr.Call(Function.COALESCE, List.of(a, first, quotient), Type.INTEGER, true);
    List<Object> small = List.of(BatchBuilder.NULL, 0, 1, -3, 8);
    Batch rows = Comparison.grid(List.of(Type.INTEGER, Type.INTEGER), List.of(small, small));
    for (Expr expr : List.of(guarded, both, either, coalesced)) {
      assertThat(Comparison.check(session, expr.toString(), expr, rows)).isEqualTo(rows.size());
    }
    assertThat(Comparison.check(session, "a / b", quotient, rows)).isLessThan(rows.size());
  }
}
