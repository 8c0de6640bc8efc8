package dev.leat.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.Consolidation;
import dev.leat.engine.Circuit;
import dev.leat.sql.Plan;
import dev.leat.testkit.Property;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The promise: after every step the sum of the changes is what the plan gives over all input. */
class IncrementalEqualsRecomputedTest {
  private static final List<Double> DOUBLES =
      List.of(0.0, 0.1, -0.3, 1e300, -1e300, 5e-324, Double.NaN, Double.POSITIVE_INFINITY);
  private static final List<String> STRINGS = List.of("", "a", "b", "aé", "a longer piece of text");

  /** A row of a relation, some times. */
  record Change(String relation, List<Object> row, long weight) {}

  /**
   * @param restoreAt before which steps the circuit is replaced by one read from its snapshot, or,
   *     before odd ones, filled anew
   */
  record Case(Plan plan, List<List<Change>> steps, Set<Integer> restoreAt, boolean appendOnly) {}

  @Test
  void underAnyChanges() {
    Property.check(
        "incremental = recomputed",
        1500,
        random -> generate(random, false),
        IncrementalEqualsRecomputedTest::smaller,
        IncrementalEqualsRecomputedTest::holds);
  }

  @Test
  void whenNothingIsTakenAway() {
    Property.check(
        "incremental = recomputed, append-only",
        800,
        random -> generate(random, true),
        IncrementalEqualsRecomputedTest::smaller,
        IncrementalEqualsRecomputedTest::holds);
  }

  /** A row may be taken away steps before it comes; once it has come, all is as it must be. */
  @Test
  void whenDeletionsComeTooEarly() {
    Property.check(
        "incremental = recomputed, deletions too early",
        400,
        random -> delayed(random, generate(random, false)),
        IncrementalEqualsRecomputedTest::smaller,
        IncrementalEqualsRecomputedTest::holds);
  }

  private static Case delayed(Random random, Case c) {
    List<List<Change>> steps = new ArrayList<>();
    c.steps().forEach(_ -> steps.add(new ArrayList<>()));
    for (int i = 0; i < steps.size(); i++) {
      for (Change change : c.steps().get(i)) {
        boolean late = change.weight() > 0 && random.nextInt(4) == 0;
        int step = late ? i + random.nextInt(Math.min(3, steps.size() - i)) : i;
        steps.get(step).add(change);
      }
    }
    return new Case(c.plan(), steps, c.restoreAt(), false);
  }

  private static Case generate(Random random, boolean appendOnly) {
    MaintenanceEngine engine = new MaintenanceEngine();
    Plan plan;
    do {
      plan = new RandomPlans(random).plan(1 + random.nextInt(3));
    } while (engine.refusal(plan).isPresent());
    Map<String, Bag> bags = new HashMap<>();
    List<List<Change>> steps = new ArrayList<>();
    int count = 3 + random.nextInt(10);
    for (int i = 0; i < count; i++) {
      steps.add(step(random, bags, appendOnly));
    }
    Set<Integer> restoreAt = new HashSet<>();
    IntStream.range(0, count).filter(_ -> random.nextInt(4) == 0).forEach(restoreAt::add);
    return new Case(plan, steps, restoreAt, appendOnly);
  }

  private static List<Change> step(Random random, Map<String, Bag> bags, boolean appendOnly) {
    List<Change> changes = new ArrayList<>();
    if (!appendOnly && random.nextInt(6) == 0) {
      bags.forEach((relation, bag) -> replaceAll(random, relation, bag, changes));
    }
    int count = random.nextInt(random.nextInt(6) == 0 ? 40 : 8);
    for (int i = 0; i < count; i++) {
      String relation = RandomPlans.RELATIONS.get(random.nextInt(3));
      Bag bag = bags.computeIfAbsent(relation, _ -> new Bag());
      if (!appendOnly && random.nextInt(5) < 2 && !bag.rows().isEmpty()) {
        List<List<Object>> rows = new ArrayList<>(bag.rows().keySet());
        List<Object> row = rows.get(random.nextInt(rows.size()));
        long weight = 1 + random.nextInt((int) bag.weight(row));
        bag.add(row, -weight);
        changes.add(random.nextInt(changes.size() + 1), new Change(relation, row, -weight));
      } else {
        List<Object> row = row(random);
        long weight = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1;
        bag.add(row, weight);
        changes.add(random.nextInt(changes.size() + 1), new Change(relation, row, weight));
      }
    }
    return changes;
  }

  /** Every row of a relation gets another value, as the groups of an aggregation all do. */
  private static void replaceAll(Random random, String relation, Bag bag, List<Change> changes) {
    long offset = 1 + random.nextInt(3);
    for (List<Object> old : List.copyOf(bag.rows().keySet())) {
      long weight = bag.weight(old);
      List<Object> row = new ArrayList<>(old);
      row.set(1, old.get(1) instanceof Long value ? (Object) (value - offset) : (Object) 0L);
      bag.add(old, -weight).add(row, weight);
      changes.add(random.nextInt(changes.size() + 1), new Change(relation, old, -weight));
      changes.add(random.nextInt(changes.size() + 1), new Change(relation, row, weight));
    }
  }

  private static List<Object> row(Random random) {
    List<Object> row = new ArrayList<>();
    row.add((long) random.nextInt(3));
    row.add((long) random.nextInt(5) - 1);
    row.add(STRINGS.get(random.nextInt(STRINGS.size())));
    row.add(DOUBLES.get(random.nextInt(DOUBLES.size())));
    row.add((long) random.nextInt(2));
    for (int i = 0; i < row.size(); i++) {
      if (random.nextInt(6) == 0) {
        row.set(i, Bag.NULL);
      }
    }
    return row;
  }

  private static Stream<Case> smaller(Case c) {
    Stream<Case> plans =
        c.plan().inputs().stream().map(p -> new Case(p, c.steps(), c.restoreAt(), c.appendOnly()));
    Stream<Case> unrestored =
        c.restoreAt().isEmpty()
            ? Stream.empty()
            : Stream.of(new Case(c.plan(), c.steps(), Set.of(), c.appendOnly()));
    Stream<Case> fewerSteps =
        IntStream.range(0, c.steps().size()).mapToObj(i -> with(c, i, List.of(), true));
    Stream<Case> fewerRows =
        IntStream.range(0, c.steps().size())
            .boxed()
            .flatMap(i ->
                IntStream.range(0, c.steps().get(i).size())
                    .mapToObj(row -> {
                      List<Change> step = new ArrayList<>(c.steps().get(i));
                      step.remove(row);
                      return with(c, i, step, false);
                    }));
    return Stream.of(plans, unrestored, fewerSteps, fewerRows).flatMap(s -> s);
  }

  private static Case with(Case c, int step, List<Change> changes, boolean drop) {
    List<List<Change>> steps = new ArrayList<>(c.steps());
    if (drop) {
      steps.remove(step);
    } else {
      steps.set(step, changes);
    }
    return new Case(c.plan(), steps, c.restoreAt(), c.appendOnly());
  }

  private static void holds(Case c) throws IOException {
    MaintenanceEngine engine =
        new MaintenanceEngine(c.appendOnly() ? Set.copyOf(RandomPlans.RELATIONS) : Set.of());
    Map<String, Bag> inputs = new HashMap<>();
    Circuit circuit = engine.open(c.plan());
    Bag result = new Bag();
    take(result, circuit.start());
    for (int i = 0; i < c.steps().size(); i++) {
      if (c.restoreAt().contains(i)) {
        circuit =
            i % 2 == 0
                ? restored(engine, c, circuit, batches(c.steps().get(i)))
                : rebuilt(engine, c, inputs, result);
      }
      Map<String, Batch> changes = batches(c.steps().get(i));
      changes.forEach(
          (relation, batch) -> inputs.computeIfAbsent(relation, _ -> new Bag()).addAll(batch));
      Batch change = circuit.step(changes);
      take(result, change);
      if (inputs.values().stream().allMatch(Bag::isValid)) {
        assertThat(result.rows())
            .as("after step %d, which gave %s", i, change.size())
            .isEqualTo(new Reference(inputs).evaluate(c.plan()).rows());
      }
    }
  }

  /** From a snapshot, taken before a step that is then lost. */
  private static Circuit restored(
      MaintenanceEngine engine, Case c, Circuit circuit, Map<String, Batch> lost)
      throws IOException {
    Circuit.Frozen frozen = circuit.freeze();
    circuit.step(lost);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    frozen.write(written);
    Circuit other = engine.open(c.plan());
    other.restore(new ByteArrayInputStream(written.toByteArray()));
    return other;
  }

  /** From the rows the inputs hold, one by one; together they give what the steps gave. */
  private static Circuit rebuilt(
      MaintenanceEngine engine, Case c, Map<String, Bag> inputs, Bag result) {
    Circuit other = engine.open(c.plan());
    Bag given = new Bag();
    given.addAll(other.start());
    inputs.forEach((relation, bag) ->
        bag.rows()
            .entrySet()
            .forEach(row ->
                given.addAll(other.fill(relation, Bag.batch(RandomPlans.SOURCE, List.of(row))))));
    given.addAll(other.filled());
    if (inputs.values().stream().allMatch(Bag::isValid)) {
      assertThat(given.rows()).as("given while filling").isEqualTo(result.rows());
    }
    return other;
  }

  private static void take(Bag result, Batch change) {
    assertThat(Consolidation.of(change).size()).as("rows of a net change").isEqualTo(change.size());
    result.addAll(change);
  }

  private static Map<String, Batch> batches(List<Change> changes) {
    Map<String, List<Map.Entry<List<Object>, Long>>> byRelation = new HashMap<>();
    for (Change change : changes) {
      byRelation
          .computeIfAbsent(change.relation(), _ -> new ArrayList<>())
          .add(Map.entry(change.row(), change.weight()));
    }
    Map<String, Batch> batches = new HashMap<>();
    byRelation.forEach((r, rows) -> batches.put(r, Bag.batch(RandomPlans.SOURCE, rows)));
    return batches;
  }
}
