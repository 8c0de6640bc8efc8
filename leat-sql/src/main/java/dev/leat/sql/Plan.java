package dev.leat.sql;

import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The compiled form of a SELECT: a tree of operators over relations that carry a weight. One plan
 * answers as a batch (printed as SQL of an engine) and is kept live (each operator's delta form).
 *
 * <p>Columns are named by position. {@link #schema()} of a node names and types what it gives.
 */
public sealed interface Plan {

  Schema schema();

  List<Plan> inputs();

  /** All rows of a source table or of another table. */
  record Scan(String relation, Schema schema) implements Plan {
    @Override
    public List<Plan> inputs() {
      return List.of();
    }
  }

  /** The rows that the round before gave, inside the step of the {@link Recursive} of that name. */
  record Itself(String name, Schema schema) implements Plan {
    @Override
    public List<Plan> inputs() {
      return List.of();
    }
  }

  /** Constant rows. */
  record Values(List<List<Expr.Literal>> rows, Schema schema) implements Plan {
    @Override
    public List<Plan> inputs() {
      return List.of();
    }
  }

  /** The rows for which a BOOLEAN expression is TRUE. */
  record Filter(Plan input, Expr predicate) implements Plan {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }
  }

  record Project(Plan input, List<Expr> expressions, Schema schema) implements Plan {
    public Project {
      expressions = List.copyOf(expressions);
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }
  }

  /** All rows of all inputs, which have the same types. */
  record UnionAll(List<Plan> inputs, Schema schema) implements Plan {
    public UnionAll {
      inputs = List.copyOf(inputs);
    }
  }

  enum JoinKind {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    /** Rows of the left that match; gives the left's columns only. */
    SEMI,
    /** Rows of the left that do not match; gives the left's columns only. */
    ANTI
  }

  /**
   * Pairs of rows whose keys are equal (NULL equals nothing) and for which the residual is TRUE.
   *
   * @param leftKeys positions in the left, each equal to the one at the same place in {@code
   *     rightKeys}; empty for a join without an equality
   * @param residual over the left's columns followed by the right's
   */
  record Join(
      JoinKind kind,
      Plan left,
      Plan right,
      List<Integer> leftKeys,
      List<Integer> rightKeys,
      Optional<Expr> residual,
      Schema schema)
      implements Plan {
    public Join {
      leftKeys = List.copyOf(leftKeys);
      rightKeys = List.copyOf(rightKeys);
    }

    @Override
    public List<Plan> inputs() {
      return List.of(left, right);
    }
  }

  /**
   * Each row of the left with those that the right gives for it: the right is worked out for every
   * row of the left, whose columns it names by {@link Expr.OuterRef}s.
   *
   * @param kind INNER, or LEFT: rows of the left for which there are none stay, with NULLs
   * @param id what the right calls the left
   */
  record Lateral(JoinKind kind, Plan left, Plan right, int id, Schema schema) implements Plan {
    @Override
    public List<Plan> inputs() {
      return List.of(left, right);
    }
  }

  /**
   * WITH RECURSIVE: the seed's rows, and those of the step, which reads them as {@link Itself},
   * then those the step makes of these, until a round gives none.
   *
   * @param distinct UNION rather than UNION ALL: a row that was there before is not given again
   */
  record Recursive(String name, Plan seed, Plan step, boolean distinct, Schema schema)
      implements Plan {
    @Override
    public List<Plan> inputs() {
      return List.of(seed, step);
    }
  }

  /**
   * One row a group: the key columns in the order given, then a column a call. Without keys there
   * is exactly one row, even over nothing.
   */
  record Aggregate(Plan input, List<Integer> keys, List<AggregateCall> calls, Schema schema)
      implements Plan {
    public Aggregate {
      keys = List.copyOf(keys);
      calls = List.copyOf(calls);
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }
  }

  enum AggregateFunction {
    /** COUNT(*), or COUNT(x) when there is an argument. */
    COUNT,
    /** INTEGER and BIGINT give BIGINT, DECIMAL(p,s) gives DECIMAL(18,s), DOUBLE gives DOUBLE. */
    SUM,
    /** Exact types give DECIMAL(18, max(6, scale)), rounded half away from zero; DOUBLE DOUBLE. */
    AVG,
    MIN,
    MAX,
    STDDEV_POP,
    STDDEV_SAMP,
    VAR_POP,
    VAR_SAMP,
    MEDIAN,
    /** Any engine without a keyed form for these runs them by recomputing. */
    STRING_AGG,
    BOOL_AND,
    BOOL_OR,
    ARG_MIN,
    ARG_MAX,
    /** The value of the one row there is, or NULL of none; of several rows it is an error. */
    SINGLE_VALUE
  }

  /**
   * An aggregate over a group.
   *
   * @param arguments positions in the input; empty for COUNT(*); of several, COUNT counts the rows
   *     where none is NULL
   * @param order in which STRING_AGG joins, before the order of its values
   * @param filter position of a BOOLEAN column: only rows where it is TRUE count
   */
  record AggregateCall(
      AggregateFunction function,
      boolean distinct,
      List<Integer> arguments,
      List<SortKey> order,
      Optional<Integer> filter,
      Type type) {
    public AggregateCall {
      arguments = List.copyOf(arguments);
      order = List.copyOf(order);
    }

    public AggregateCall(
        AggregateFunction function,
        boolean distinct,
        List<Integer> arguments,
        Optional<Integer> filter,
        Type type) {
      this(function, distinct, arguments, List.of(), filter, type);
    }
  }

  /** Each different row once. */
  record Distinct(Plan input) implements Plan {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }
  }

  record SortKey(int column, boolean descending, boolean nullsFirst) {}

  /**
   * The first rows of each partition: ROW_NUMBER() OVER (PARTITION BY … ORDER BY …) &lt;= limit.
   *
   * @param order total: the compiler has appended every column as a tie-breaker
   * @param rowNumber whether the row's number, from 1, is given as a last BIGINT column
   */
  record TopN(
      Plan input,
      List<Integer> partition,
      List<SortKey> order,
      long limit,
      boolean rowNumber,
      Schema schema)
      implements Plan {
    public TopN {
      partition = List.copyOf(partition);
      order = List.copyOf(order);
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }
  }

  /**
   * Each row once for every window its time falls in, with window_start and window_end (TIMESTAMP)
   * as last columns. TUMBLE is a hop whose slide is its size. Rows without a time are in no window.
   *
   * @param timeColumn a TIMESTAMP column
   * @param slideMicros distance between window starts
   * @param sizeMicros length of a window
   * @param offsetMicros windows start at multiples of the slide from 1970-01-01 plus this
   */
  record Hop(
      Plan input,
      int timeColumn,
      long slideMicros,
      long sizeMicros,
      long offsetMicros,
      Schema schema)
      implements Plan {
    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }
  }

  enum SetKind {
    UNION,
    INTERSECT,
    INTERSECT_ALL,
    EXCEPT,
    EXCEPT_ALL
  }

  /** A set operation other than UNION ALL. */
  record SetOperation(SetKind kind, List<Plan> inputs, Schema schema) implements Plan {
    public SetOperation {
      inputs = List.copyOf(inputs);
    }
  }

  /** ORDER BY with LIMIT and OFFSET. Without a limit the order of a relation means nothing. */
  record Sort(Plan input, List<SortKey> order, long offset, Optional<Long> limit) implements Plan {
    public Sort {
      order = List.copyOf(order);
    }

    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }
  }

  /**
   * The input's columns, then one a call.
   *
   * @param order rows that it does not tell apart are peers
   * @param ties columns that put peers into an order, where the calls or the frame ask for one
   */
  record Window(
      Plan input,
      List<Integer> partition,
      List<SortKey> order,
      List<Integer> ties,
      Optional<Frame> frame,
      List<WindowCall> calls,
      Schema schema)
      implements Plan {
    public Window {
      partition = List.copyOf(partition);
      order = List.copyOf(order);
      ties = List.copyOf(ties);
      calls = List.copyOf(calls);
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }

    /** The order, and the ties after it. */
    public List<SortKey> totalOrder() {
      return Stream.concat(order.stream(), ties.stream().map(c -> new SortKey(c, false, false)))
          .toList();
    }
  }

  /**
   * @param function SQL name: ROW_NUMBER, RANK, DENSE_RANK, NTILE, LAG, LEAD, FIRST_VALUE,
   *     LAST_VALUE, SUM, COUNT, AVG, MIN, MAX …
   * @param distinct each different argument counts once
   * @param ignoreNulls rows whose first argument is NULL are passed over
   */
  record WindowCall(
      String function, boolean distinct, boolean ignoreNulls, List<Expr> arguments, Type type) {
    public WindowCall {
      arguments = List.copyOf(arguments);
    }

    public WindowCall(String function, List<Expr> arguments, Type type) {
      this(function, false, false, arguments, type);
    }
  }
}
