package dev.leat.runtime;

import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import dev.leat.sql.Plan;
import dev.leat.sql.Plan.AggregateCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lays out a group's record for the calls of an aggregation: which accumulators there are, which
 * words are whose, and where each call's result comes from.
 */
final class AggregateState {
  final List<Accumulator> accumulators = new ArrayList<>();
  final List<Integer> firstWords = new ArrayList<>();
  final List<Result> results = new ArrayList<>();

  /** Boolean columns of the input; filter 0 is no filter, filter {@code i} is the i-th of these. */
  final List<Integer> filters = new ArrayList<>();

  private final Plan.Aggregate plan;
  private final Schema input;
  private final boolean appendOnly;
  private final Map<List<Integer>, List<ValueIndex.Use>> uses = new LinkedHashMap<>();
  private int words = Groups.STATE;

  AggregateState(Plan.Aggregate plan, boolean appendOnly) {
    this.plan = plan;
    this.input = plan.input().schema();
    this.appendOnly = appendOnly;
    for (AggregateCall call : plan.calls()) {
      call.filter().filter(f -> !filters.contains(f)).ifPresent(filters::add);
    }
    DistinctMasks masks = new DistinctMasks(input, filters.size() + 1);
    for (AggregateCall call : plan.calls()) {
      results.add(result(call, masks));
    }
    masks.finish(this);
    uses.forEach(this::addIndex);
  }

  /** Words of a record before its key. */
  int words() {
    return words;
  }

  /** Gives an accumulator the next words. */
  <A extends Accumulator> A add(A accumulator) {
    accumulators.add(accumulator);
    firstWords.add(words);
    words += accumulator.words();
    return accumulator;
  }

  private int filter(AggregateCall call) {
    return call.filter().map(f -> filters.indexOf(f) + 1).orElse(0);
  }

  private Result result(AggregateCall call, DistinctMasks masks) {
    int filter = filter(call);
    return switch (call.function()) {
      case COUNT -> call.distinct() ? distinctCount(call, filter, masks) : count(call, filter);
      case SUM, AVG -> call.distinct() ? distinctSum(call, filter) : sum(call, filter);
      case MIN, BOOL_AND -> extreme(call, filter, -1);
      case MAX, BOOL_OR -> extreme(call, filter, 1);
      case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> spread(call, filter);
      case MEDIAN -> summary(call, filter, 1, ValueSummary::median);
      case STRING_AGG -> joined(call, filter);
      case ARG_MIN -> argExtreme(call, filter, -1);
      case ARG_MAX -> argExtreme(call, filter, 1);
      case SINGLE_VALUE -> single(call, filter);
    };
  }

  private static int argument(AggregateCall call) {
    return call.arguments().getFirst();
  }

  private Type type(AggregateCall call) {
    return input.column(argument(call)).type();
  }

  private Result count(AggregateCall call, int filter) {
    if (call.arguments().isEmpty() && filter == 0) {
      return new RowCount();
    }
    int argument = call.arguments().isEmpty() ? -1 : argument(call);
    return add(new CountAccumulator(words, argument, filter));
  }

  private Result sum(AggregateCall call, int filter) {
    if (type(call) instanceof Type.Float64) {
      return add(new DoubleSums(words, argument(call), filter, isAverage(call)));
    }
    return add(new SumAccumulator(words, argument(call), filter, call.type(), factor(call)));
  }

  private static boolean isAverage(AggregateCall call) {
    return call.function() == Plan.AggregateFunction.AVG;
  }

  private long factor(AggregateCall call) {
    return isAverage(call) ? ExactResult.averageFactor(type(call), call.type()) : 0;
  }

  private Result extreme(AggregateCall call, int filter, int sign) {
    if (appendOnly) {
      RowLayout layout = new RowLayout(List.of(type(call).physical()));
      return add(new Extremes(words, argument(call), filter, sign, layout));
    }
    IndexedExtreme extreme = add(new IndexedExtreme(words, filter, sign));
    use(call, extreme);
    return extreme;
  }

  private Result argExtreme(AggregateCall call, int filter, int sign) {
    IndexedExtreme extreme = add(new IndexedExtreme(words, filter, sign));
    use(List.of(call.arguments().get(1), call.arguments().get(0)), extreme);
    return extreme;
  }

  /** As of one row every value is the least, MIN is it. */
  private Result single(AggregateCall call, int filter) {
    CountAccumulator rows = add(new CountAccumulator(words, -1, filter));
    Result value = extreme(call, filter, -1);
    return states -> {
      if (Arrays.stream(CountAccumulator.read(states, rows.word()).values()).anyMatch(n -> n > 1)) {
        throw ValueErrors.severalRows();
      }
      return value.result(states);
    };
  }

  private Result spread(AggregateCall call, int filter) {
    Spread spread = Spread.of(call.function());
    if (type(call) instanceof Type.Float64) {
      return summary(call, filter, spread.least(), spread::of);
    }
    int scale = type(call) instanceof Type.Decimal d ? d.scale() : 0;
    int fed = call.distinct() ? -1 : argument(call);
    SpreadSums sums = add(new SpreadSums(words, fed, filter, scale, spread));
    if (call.distinct()) {
      use(call, new DistinctSpread(sums.word(), argument(call), filter));
    }
    return sums;
  }

  private Result summary(AggregateCall call, int filter, int least, ValueSummary.Formula formula) {
    ValueSummary summary =
        add(new ValueSummary(words, filter, call.distinct(), least, formula, type(call)));
    use(call, summary);
    return summary;
  }

  private Result joined(AggregateCall call, int filter) {
    byte[] separator = separator(plan, call).orElseThrow().getBytes(StandardCharsets.UTF_8);
    JoinedText text = add(new JoinedText(words, filter, call.distinct(), separator));
    use(call, text);
    return text;
  }

  /** What stands between the values of a STRING_AGG, if it is the same for all. */
  static Optional<String> separator(Plan.Aggregate plan, AggregateCall call) {
    if (call.arguments().size() == 1) {
      return Optional.of(",");
    }
    return plan.input() instanceof Plan.Project project
            && project.expressions().get(call.arguments().get(1)) instanceof Expr.Literal literal
        ? literal.value().map(String.class::cast)
        : Optional.empty();
  }

  private Result distinctCount(AggregateCall call, int filter, DistinctMasks masks) {
    if (appendOnly && masks.takes(argument(call))) {
      return masks.count(argument(call), filter, this);
    }
    DistinctCount count = add(new DistinctCount(words, filter));
    use(call, count);
    return count;
  }

  private Result distinctSum(AggregateCall call, int filter) {
    if (type(call) instanceof Type.Float64) {
      DoubleSums sums = add(new DoubleSums(words, -1, filter, isAverage(call)));
      use(call, new DistinctSum(0, Optional.of(sums), argument(call), filter));
      return sums;
    }
    int word = words;
    add(new WordsOnly(3));
    use(call, new DistinctSum(word, Optional.empty(), argument(call), filter));
    long factor = factor(call);
    Type type = call.type();
    return states -> ExactResult.read(states, word, type, factor);
  }

  /** Words that something else writes. */
  record WordsOnly(int words) implements Accumulator {}

  private void use(AggregateCall call, ValueIndex.Use use) {
    use(List.of(argument(call)), use);
  }

  private void use(List<Integer> arguments, ValueIndex.Use use) {
    uses.computeIfAbsent(arguments, _ -> new ArrayList<>()).add(use);
  }

  private void addIndex(List<Integer> arguments, List<ValueIndex.Use> of) {
    List<Type.Physical> kinds = new ArrayList<>(List.of(Type.Physical.LONG));
    arguments.forEach(a -> kinds.add(input.column(a).type().physical()));
    ValueIndex index = add(new ValueIndex(words, arguments, new RowLayout(kinds), of));
    of.forEach(use -> use.attach(index));
  }
}
