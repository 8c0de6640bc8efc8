package dev.leat.runtime;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import dev.leat.sql.Function;
import dev.leat.sql.Plan;
import dev.leat.sql.Plan.AggregateCall;
import dev.leat.sql.Plan.AggregateFunction;
import dev.leat.sql.Plan.JoinKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Plans at random over the relations {@code a}, {@code b} and {@code c}, of {@link #SOURCE}. */
final class RandomPlans {
  static final Schema SOURCE =
      Schema.of(
          Column.optional("k", Type.INTEGER),
          Column.optional("v", Type.BIGINT),
          Column.optional("s", Type.VARCHAR),
          Column.optional("d", Type.DOUBLE),
          Column.optional("f", Type.BOOLEAN));
  static final List<String> RELATIONS = List.of("a", "b", "c");

  private final Random random;

  RandomPlans(Random random) {
    this.random = random;
  }

  Plan plan(int depth) {
    if (depth == 0) {
      return new Plan.Scan(RELATIONS.get(random.nextInt(3)), SOURCE);
    }
    return switch (random.nextInt(13)) {
      case 0 -> filter(plan(depth - 1));
      case 1 -> project(plan(depth - 1));
      case 2 -> set(depth);
      case 3 -> new Plan.Distinct(project(plan(depth - 1)));
      case 4, 5, 6 -> join(plan(depth - 1), plan(depth / 2));
      case 7 -> hop(plan(depth - 1));
      case 8 -> topN(plan(depth - 1));
      case 9, 10 -> new RandomWindows(random).over(plan(depth - 1));
      default -> aggregate(plan(depth - 1));
    };
  }

  private static Expr ref(Schema schema, int column) {
    return new Expr.ColumnRef(column, schema.column(column).type(), true);
  }

  private int column(Schema schema) {
    return random.nextInt(schema.size());
  }

  private List<Integer> columns(Schema schema, Type type) {
    return IntStream.range(0, schema.size())
        .filter(c -> schema.column(c).type().equals(type))
        .boxed()
        .toList();
  }

  private Optional<Integer> column(Schema schema, Type type) {
    List<Integer> columns = columns(schema, type);
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(columns.get(random.nextInt(columns.size())));
  }

  private Expr predicate(Schema schema) {
    int column = column(schema);
    Type type = schema.column(column).type();
    Function function = List.of(Function.EQ, Function.LT, Function.GE).get(random.nextInt(3));
    if (type.physical() != Type.Physical.LONG || random.nextInt(5) == 0) {
      return new Expr.Call(Function.IS_NULL, List.of(ref(schema, column)), Type.BOOLEAN, false);
    }
    Expr literal = Expr.Literal.of(random.nextInt(3) - 1, type);
    return new Expr.Call(function, List.of(ref(schema, column), literal), Type.BOOLEAN, true);
  }

  private Plan filter(Plan input) {
    return new Plan.Filter(input, predicate(input.schema()));
  }

  /** Some columns in any order, and perhaps a sum of one with itself. */
  private Plan project(Plan input) {
    Schema schema = input.schema();
    List<Expr> expressions = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      int column = column(schema);
      expressions.add(ref(schema, column));
      columns.add(Column.optional("p" + i, schema.column(column).type()));
    }
    column(schema, Type.BIGINT)
        .ifPresent(c -> {
          Expr value = ref(schema, c);
          expressions.add(new Expr.Call(Function.PLUS, List.of(value, value), Type.BIGINT, true));
          columns.add(Column.optional("sum", Type.BIGINT));
        });
    return new Plan.Project(input, expressions, new Schema(columns));
  }

  private Plan set(int depth) {
    Plan left = plan(depth - 1);
    List<Plan> inputs = new ArrayList<>(List.of(left));
    int more = 1 + random.nextInt(2);
    for (int i = 0; i < more; i++) {
      inputs.add(random.nextInt(4) == 0 ? left : filter(left));
    }
    int kind = random.nextInt(6);
    return kind == 5
        ? new Plan.UnionAll(inputs, left.schema())
        : new Plan.SetOperation(Plan.SetKind.values()[kind], inputs, left.schema());
  }

  private Plan join(Plan left, Plan right) {
    List<Integer> leftKeys = new ArrayList<>();
    List<Integer> rightKeys = new ArrayList<>();
    int keys = random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(2);
    for (int i = 0; i < keys; i++) {
      int column = column(left.schema());
      column(right.schema(), left.schema().column(column).type())
          .ifPresent(c -> {
            leftKeys.add(column);
            rightKeys.add(c);
          });
    }
    JoinKind kind = JoinKind.values()[random.nextInt(6)];
    List<Column> both = new ArrayList<>(left.schema().columns());
    both.addAll(right.schema().columns());
    Schema all = new Schema(both);
    Optional<Expr> residual =
        random.nextInt(3) == 0 ? Optional.of(residual(left.schema(), all)) : Optional.empty();
    Schema schema = kind == JoinKind.SEMI || kind == JoinKind.ANTI ? left.schema() : all;
    return new Plan.Join(kind, left, right, leftKeys, rightKeys, residual, schema);
  }

  private Expr residual(Schema left, Schema all) {
    List<Integer> numbers =
        IntStream.range(0, all.size())
            .filter(c -> all.column(c).type().physical() == Type.Physical.LONG)
            .boxed()
            .toList();
    if (numbers.isEmpty()) {
      return predicate(left);
    }
    return new Expr.Call(
        random.nextBoolean() ? Function.LT : Function.EQ,
        List.of(
            ref(all, numbers.get(random.nextInt(numbers.size()))),
            ref(all, numbers.get(random.nextInt(numbers.size())))),
        Type.BOOLEAN,
        true);
  }

  private Plan hop(Plan input) {
    Optional<Integer> time = column(input.schema(), Type.BIGINT);
    if (time.isEmpty()) {
      return filter(input);
    }
    List<Column> columns = new ArrayList<>(input.schema().columns());
    columns.add(Column.required("window_start", Type.TIMESTAMP));
    columns.add(Column.required("window_end", Type.TIMESTAMP));
    return new Plan.Hop(
        input,
        time.get(),
        1 + random.nextInt(3),
        1 + random.nextInt(4),
        random.nextInt(3),
        new Schema(columns));
  }

  private Plan topN(Plan input) {
    Schema schema = input.schema();
    List<Integer> partition = random.nextBoolean() ? List.of() : List.of(column(schema));
    List<Plan.SortKey> order = new ArrayList<>();
    order.add(sortKey(column(schema)));
    for (int i = 0; i < schema.size(); i++) {
      order.add(sortKey(i));
    }
    boolean number = random.nextBoolean();
    List<Column> columns = new ArrayList<>(schema.columns());
    if (number) {
      columns.add(Column.required("row_number", Type.BIGINT));
    }
    return new Plan.TopN(
        input, partition, order, 1 + random.nextInt(8), number, new Schema(columns));
  }

  private Plan.SortKey sortKey(int column) {
    return new Plan.SortKey(column, random.nextBoolean(), random.nextBoolean());
  }

  private Plan aggregate(Plan input) {
    Schema schema = input.schema();
    List<Integer> keys = new ArrayList<>();
    int keyCount = random.nextInt(3);
    for (int i = 0; i < keyCount; i++) {
      keys.add(column(schema));
    }
    List<AggregateCall> calls = new ArrayList<>();
    int callCount = random.nextInt(5) + (keyCount == 0 ? 1 : 0);
    for (int i = 0; i < callCount; i++) {
      calls.add(call(schema));
    }
    List<Column> columns = new ArrayList<>();
    keys.forEach(k -> columns.add(schema.column(k)));
    calls.forEach(c -> columns.add(Column.optional("agg", c.type())));
    return new Plan.Aggregate(input, keys, calls, new Schema(columns));
  }

  private AggregateCall call(Schema schema) {
    int argument = column(schema);
    Type type = schema.column(argument).type();
    Optional<Integer> filter =
        random.nextInt(3) == 0 ? column(schema, Type.BOOLEAN) : Optional.empty();
    boolean distinct = random.nextInt(3) == 0;
    boolean sums = type.physical() != Type.Physical.BYTES && !type.equals(Type.BOOLEAN);
    return switch (random.nextInt(sums ? 9 : 6)) {
      case 0 -> new AggregateCall(AggregateFunction.COUNT, false, List.of(), filter, Type.BIGINT);
      case 1 ->
          new AggregateCall(
              AggregateFunction.COUNT, distinct, List.of(argument), filter, Type.BIGINT);
      case 2 -> new AggregateCall(AggregateFunction.MIN, distinct, List.of(argument), filter, type);
      case 3 -> new AggregateCall(AggregateFunction.MAX, false, List.of(argument), filter, type);
      case 4 ->
          new AggregateCall(
              random.nextBoolean() ? AggregateFunction.ARG_MIN : AggregateFunction.ARG_MAX,
              false,
              List.of(argument, column(schema)),
              filter,
              type);
      case 5 ->
          type.equals(Type.VARCHAR)
              ? new AggregateCall(
                  AggregateFunction.STRING_AGG, distinct, List.of(argument), filter, type)
              : new AggregateCall(AggregateFunction.MAX, false, List.of(argument), filter, type);
      case 6 ->
          new AggregateCall(
              List.of(
                      AggregateFunction.MEDIAN,
                      AggregateFunction.VAR_POP,
                      AggregateFunction.VAR_SAMP,
                      AggregateFunction.STDDEV_POP,
                      AggregateFunction.STDDEV_SAMP)
                  .get(random.nextInt(5)),
              distinct,
              List.of(argument),
              filter,
              Type.DOUBLE);
      case 7 ->
          new AggregateCall(
              AggregateFunction.SUM, distinct, List.of(argument), filter, sumType(type));
      default ->
          new AggregateCall(
              AggregateFunction.AVG, distinct, List.of(argument), filter, averageType(type));
    };
  }

  static Type sumType(Type type) {
    return switch (type) {
      case Type.Float64 t -> t;
      case Type.Decimal t -> Type.decimal(18, t.scale());
      default -> Type.BIGINT;
    };
  }

  static Type averageType(Type type) {
    return switch (type) {
      case Type.Float64 t -> t;
      case Type.Decimal t -> Type.decimal(18, Math.max(6, t.scale()));
      default -> Type.decimal(18, 6);
    };
  }
}
