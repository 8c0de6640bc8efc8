package dev.leat.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.engine.Circuit;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.sql.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A test told as steps: rows go in, with signs and in order, and these rows must come out. */
final class Story {
  static final Schema KV =
      Schema.of(Column.optional("k", Type.BIGINT), Column.optional("v", Type.BIGINT));
  static final Plan L = new Plan.Scan("l", KV);
  static final Plan R = new Plan.Scan("r", KV);

  private final Circuit circuit;
  private final Map<String, Bag> next = new HashMap<>();

  private Story(Circuit circuit) {
    this.circuit = circuit;
  }

  static Story of(Plan plan) {
    return new Story(new MaintenanceEngine().open(plan));
  }

  static Story appendOnly(Plan plan) {
    return new Story(new MaintenanceEngine(Set.of("l", "r")).open(plan));
  }

  static List<Object> row(Object... values) {
    List<Object> row = new ArrayList<>();
    for (Object value : values) {
      row.add(value instanceof Integer i ? (Object) (long) i : value);
    }
    return row;
  }

  /** A row with its weight. */
  record Weighted(long weight, List<Object> row) {}

  static Weighted plus(Object... values) {
    return new Weighted(1, row(values));
  }

  static Weighted minus(Object... values) {
    return new Weighted(-1, row(values));
  }

  Story starts(Weighted... expected) {
    return compare(circuit.start(), expected);
  }

  Story left(Weighted... rows) {
    return change("l", rows);
  }

  Story right(Weighted... rows) {
    return change("r", rows);
  }

  private Story change(String relation, Weighted... rows) {
    Bag bag = next.computeIfAbsent(relation, _ -> new Bag(new LinkedHashMap<>()));
    Arrays.stream(rows).forEach(r -> bag.add(r.row(), r.weight()));
    return this;
  }

  /** Takes the step and checks its change. */
  Story gives(Weighted... expected) {
    return compare(step(), expected);
  }

  /** Likewise of so many rows that they are looked up, not looked for. */
  Story givesMany(Weighted... expected) {
    Bag change = new Bag();
    Arrays.stream(expected).forEach(r -> change.add(r.row(), -r.weight()));
    change.addAll(step());
    assertThat(change.rows()).as("what differs").isEmpty();
    return this;
  }

  private Batch step() {
    Map<String, Batch> changes = new HashMap<>();
    next.forEach((r, bag) -> changes.put(r, Bag.batch(KV, List.copyOf(bag.rows().entrySet()))));
    next.clear();
    return circuit.step(changes);
  }

  private Story compare(Batch change, Weighted... expected) {
    List<Weighted> given = new ArrayList<>();
    for (int i = 0; i < change.size(); i++) {
      given.add(new Weighted(change.weights()[i], Bag.row(change, i)));
    }
    assertThat(given).containsExactlyInAnyOrder(expected);
    return this;
  }
}
