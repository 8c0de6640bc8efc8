package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.engine.Circuit;
import java.util.List;

/** An operator in its place in a circuit, with what it has done. */
final class Node {
  final Operator operator;
  final List<Integer> inputs;
  private long rowsIn;
  private long rowsOut;
  private long nanos;

  Node(Operator operator, List<Integer> inputs) {
    this.operator = operator;
    this.inputs = inputs;
  }

  Batch start(List<Batch> changes) {
    long began = System.nanoTime();
    return done(changes, operator.start(changes), began);
  }

  Batch step(List<Batch> changes) {
    long began = System.nanoTime();
    return done(changes, operator.step(changes), began);
  }

  Batch gather(List<Batch> changes) {
    long began = System.nanoTime();
    return done(changes, operator.gather(changes), began);
  }

  private Batch done(List<Batch> changes, Batch result, long began) {
    nanos += System.nanoTime() - began;
    for (Batch change : changes) {
      rowsIn += change.size();
    }
    rowsOut += result.size();
    return result;
  }

  Circuit.OperatorReport report() {
    return new Circuit.OperatorReport(
        operator.describe(), operator.keys(), operator.bytes(), rowsIn, rowsOut, nanos);
  }
}
