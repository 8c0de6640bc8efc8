package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.sql.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Linear: each row once for every window its time falls in. */
record HopOperator(Plan.Hop plan) implements Operator {
  @Override
  public Batch step(List<Batch> inputs) {
    Batch input = inputs.getFirst();
    if (input.isEmpty()) {
      return Batch.empty(plan.schema());
    }
    LongVector times = input.longs(plan.timeColumn());
    int most = (int) ((plan.sizeMicros() + plan.slideMicros() - 1) / plan.slideMicros());
    int[] rows = new int[input.size() * most];
    long[] starts = new long[rows.length];
    int count = 0;
    for (int row = 0; row < input.size(); row++) {
      if (!times.isNull(row)) {
        long time = times.values()[row];
        long last = time - Math.floorMod(time - plan.offsetMicros(), plan.slideMicros());
        for (long start = last; start > time - plan.sizeMicros(); start -= plan.slideMicros()) {
          rows[count] = row;
          starts[count++] = start;
        }
      }
    }
    Batch unnested = input.gather(rows, count);
    long[] ends = new long[count];
    for (int i = 0; i < count; i++) {
      ends[i] = starts[i] + plan.sizeMicros();
    }
    List<Vector> columns = new ArrayList<>(unnested.columns());
    columns.add(new LongVector(Arrays.copyOf(starts, count), Vector.NO_NULLS, count));
    columns.add(new LongVector(ends, Vector.NO_NULLS, count));
    return Batch.of(plan.schema(), columns, unnested.weights(), count);
  }

  @Override
  public String describe() {
    return plan.slideMicros() == plan.sizeMicros() ? "TUMBLE" : "HOP";
  }
}
