package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.sql.Plan;
import java.util.ArrayList;
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
    int[] rows = new int[windows(input, times)];
    long[] starts = new long[rows.length];
    int count = 0;
    for (int row = 0; row < input.size(); row++) {
      if (!times.isNull(row)) {
        long time = times.values()[row];
        long last = time - sinceSlide(time);
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
    columns.add(new LongVector(starts, Vector.NO_NULLS, count));
    columns.add(new LongVector(ends, Vector.NO_NULLS, count));
    return Batch.of(plan.schema(), columns, unnested.weights(), count);
  }

  /** How many windows all rows are in; room for the most a row may be in could be far more. */
  private int windows(Batch input, LongVector times) {
    long windows = 0;
    for (int row = 0; row < input.size(); row++) {
      if (!times.isNull(row)) {
        long left = plan.sizeMicros() - sinceSlide(times.values()[row]);
        windows += Math.ceilDiv(left, plan.slideMicros());
      }
    }
    return Math.toIntExact(windows);
  }

  private long sinceSlide(long time) {
    return Math.floorMod(time - plan.offsetMicros(), plan.slideMicros());
  }

  @Override
  public String describe() {
    return plan.slideMicros() == plan.sizeMicros() ? "TUMBLE" : "HOP";
  }
}
