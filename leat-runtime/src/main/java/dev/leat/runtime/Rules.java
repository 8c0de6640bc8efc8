package dev.leat.runtime;

import dev.leat.engine.Rule;
import dev.leat.engine.Rule.Kind;
import dev.leat.model.Type;
import dev.leat.sql.Plan;
import dev.leat.sql.Plan.AggregateCall;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says of an operator how it is kept right here, and what that costs. */
final class Rules {
  private static final int LARGEST_LIMIT = 8000;
  private static final int MOST_WINDOWS = 1000;

  private final Set<String> appendOnly;

  Rules(Set<String> appendOnly) {
    this.appendOnly = appendOnly;
  }

  Rule of(Plan plan) {
    return switch (plan) {
      case Plan.Scan p ->
          passing(
              appendOnly.contains(p.relation())
                  ? "its changes; it never loses a row"
                  : "its changes");
      case Plan.Values _ -> passing("constant rows, given once");
      case Plan.Filter p ->
          Evaluators.refusal(p.predicate())
              .map(Rules::whole)
              .orElse(passing("each changed row by itself"));
      case Plan.Project p ->
          p.expressions().stream()
              .flatMap(e -> Evaluators.refusal(e).stream())
              .findFirst()
              .map(Rules::whole)
              .orElse(passing("each changed row by itself"));
      case Plan.UnionAll _ -> passing("the changes of all inputs");
      case Plan.Hop p -> hop(p);
      case Plan.Join p -> join(p);
      case Plan.Aggregate p -> aggregate(p);
      case Plan.Distinct _ -> keyed("how often each row is there");
      case Plan.SetOperation _ -> keyed("how often each row is there on each side");
      case Plan.TopN p -> topN(p);
      case Plan.Sort p ->
          p.limit().isEmpty() && p.offset() == 0
              ? passing("the order of a table means nothing")
              : whole("OFFSET without a LIMIT moves every row");
      case Plan.Window p -> window(p);
      case Plan.Lateral _ -> whole("the right is another query for each row of the left");
      case Plan.Recursive p -> whole("WITH RECURSIVE " + p.name());
      case Plan.Itself _ -> whole("the rows of the round before");
    };
  }

  private static Rule passing(String how) {
    return new Rule(Kind.PASSING, how);
  }

  private static Rule keyed(String how) {
    return new Rule(Kind.KEYED, how);
  }

  private static Rule groups(String how) {
    return new Rule(Kind.GROUPS, how);
  }

  private static Rule whole(String how) {
    return new Rule(Kind.WHOLE, how);
  }

  private static Rule hop(Plan.Hop p) {
    return p.sizeMicros() / p.slideMicros() < MOST_WINDOWS
        ? passing("each changed row once for every window it is in")
        : whole("a row is in more than " + MOST_WINDOWS + " windows");
  }

  private Rule join(Plan.Join p) {
    Optional<String> refusal = p.residual().flatMap(Evaluators::refusal);
    if (refusal.isPresent()) {
      return whole(refusal.get());
    }
    if (p.leftKeys().isEmpty()) {
      return keyed("all rows of both sides; a change looks at every row of the other side");
    }
    return keyed(
        "the rows of both sides by "
            + names(p.leftKeys(), p.left())
            + "; a change looks at the rows of its key");
  }

  private Rule aggregate(Plan.Aggregate p) {
    String group = p.keys().isEmpty() ? "for all rows" : "by " + names(p.keys(), p.input());
    for (AggregateCall call : p.calls()) {
      if (!keeps(call, p)) {
        return whole(call.function() + " of these arguments has no other form");
      }
    }
    if (anewByGroup(p)) {
      String functions =
          p.calls().stream()
              .filter(c -> isAnew(c, p.input()))
              .map(c -> c.function().name())
              .distinct()
              .collect(Collectors.joining(", "));
      return groups(
          "the values %s; %s of a group that changed is worked out anew from them"
              .formatted(group, functions));
    }
    if (p.calls().stream().noneMatch(Rules::needsValues)) {
      return keyed("numbers and sums " + group);
    }
    return keyed(
        AppendOnly.is(p.input(), appendOnly)
            ? "the best and the different values %s; inserts only, so no counts".formatted(group)
            : "the different values with their counts %s; a best value that goes is looked for anew"
                .formatted(group));
  }

  private static boolean needsValues(AggregateCall call) {
    return switch (call.function()) {
      case MIN, MAX, BOOL_AND, BOOL_OR, ARG_MIN, ARG_MAX, SINGLE_VALUE -> true;
      case COUNT, SUM, AVG, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP, MEDIAN, STRING_AGG ->
          call.distinct();
    };
  }

  /** Whether a touched group costs its whole size. */
  static boolean anewByGroup(Plan.Aggregate p) {
    return p.calls().stream().anyMatch(c -> isAnew(c, p.input()));
  }

  /** Whether there may be one row only, which between the changes of a step there need not be. */
  static boolean isSingle(AggregateCall call) {
    return call.function() == Plan.AggregateFunction.SINGLE_VALUE;
  }

  private static boolean isAnew(AggregateCall call, Plan input) {
    return switch (call.function()) {
      case MEDIAN, STRING_AGG -> true;
      case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP ->
          argument(call, input) instanceof Type.Float64;
      case COUNT, SUM, AVG, MIN, MAX, BOOL_AND, BOOL_OR, ARG_MIN, ARG_MAX, SINGLE_VALUE -> false;
    };
  }

  private static Type argument(AggregateCall call, Plan input) {
    return input.schema().column(call.arguments().getFirst()).type();
  }

  private static boolean keeps(AggregateCall call, Plan.Aggregate p) {
    return switch (call.function()) {
      case COUNT -> call.arguments().size() <= 1;
      case SUM, AVG, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP, MEDIAN ->
          argument(call, p.input()).physical() != Type.Physical.BYTES;
      case MIN, MAX, BOOL_AND, BOOL_OR, ARG_MIN, ARG_MAX, SINGLE_VALUE -> true;
      case STRING_AGG ->
          call.order().isEmpty()
              && argument(call, p.input()) instanceof Type.Varchar
              && AggregateState.separator(p, call).isPresent();
    };
  }

  private Rule topN(Plan.TopN p) {
    if (p.limit() > LARGEST_LIMIT) {
      return whole("more than " + LARGEST_LIMIT + " first rows");
    }
    String partition = p.partition().isEmpty() ? "of all" : "by " + names(p.partition(), p.input());
    return keyed(
        AppendOnly.is(p.input(), appendOnly)
            ? "the first %d rows %s; inserts only, so no others".formatted(p.limit(), partition)
            : "the first %d rows %s in order, and the others to move up"
                .formatted(p.limit(), partition));
  }

  private static Rule window(Plan.Window p) {
    for (Plan.WindowCall call : p.calls()) {
      Optional<String> refusal = WindowFunctions.refusal(call, p);
      if (refusal.isPresent()) {
        return whole(refusal.get());
      }
    }
    String functions =
        p.calls().stream()
            .map(Plan.WindowCall::function)
            .distinct()
            .collect(Collectors.joining(", "));
    if (p.partition().isEmpty()) {
      return whole(
          functions.toUpperCase(Locale.ROOT)
              + " OVER without PARTITION BY: a change may move every row");
    }
    return groups(
        "the rows by %s; %s of a partition that changed is worked out anew"
            .formatted(names(p.partition(), p.input()), functions));
  }

  private static String names(List<Integer> columns, Plan input) {
    return columns.stream()
        .map(c -> input.schema().column(c).name())
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
