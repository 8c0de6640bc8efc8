package dev.leat.duckdb;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.DoubleVector;
import dev.leat.data.Rows;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Compares two bags of rows. All that is equal falls out inside DuckDB; of the rest, which comes
 * sorted, rows that agree but for DOUBLE values within the tolerance are paired here.
 */
final class Prover {
  private static final double TOLERANCE = 1e-9;
  private static final double ROUNDING = 1e-12;

  private final Session session;
  private final int shown;
  private final double noise;

  /**
   * @param magnitude of the largest value that was added up to DOUBLEs: what sums may be off by,
   *     however small they are, is a part of it
   */
  Prover(Session session, int shown, double magnitude) {
    this.session = session;
    this.shown = shown;
    this.noise = ROUNDING * magnitude;
  }

  Proof compare(Schema schema, String expected, String actual, long rows) {
    Pairing pairing = new Pairing(schema, shown, noise);
    try (Answer answer =
        session.query(
            Difference.sql(schema, expected, actual) + order(schema),
            Difference.weighted(schema))) {
      while (answer.hasNext()) {
        pairing.add(Difference.changes(schema, answer.next()));
      }
    }
    return pairing.proof(rows);
  }

  /** Exact columns first, so that rows that can be paired come together; only if there are any. */
  private static String order(Schema schema) {
    if (doubles(schema).length == 0) {
      return "";
    }
    int[] exact = exact(schema);
    int[] doubles = doubles(schema);
    return IntStream.concat(IntStream.of(exact), IntStream.of(doubles))
        .mapToObj(i -> Integer.toString(i + 1))
        .collect(Collectors.joining(", ", " ORDER BY ", ""));
  }

  private static int[] doubles(Schema schema) {
    return IntStream.range(0, schema.size())
        .filter(i -> schema.column(i).type().equals(Type.DOUBLE))
        .toArray();
  }

  private static int[] exact(Schema schema) {
    return IntStream.range(0, schema.size())
        .filter(i -> !schema.column(i).type().equals(Type.DOUBLE))
        .toArray();
  }

  /** Takes rows that differ, group by group of equal exact columns. */
  private static final class Pairing {
    private final int shown;
    private final double noise;
    private final int[] exact;
    private final int[] doubles;
    private final BatchBuilder missing;
    private final BatchBuilder surplus;
    private final List<Left> group = new ArrayList<>();
    private long missingRows;
    private long surplusRows;

    Pairing(Schema schema, int shown, double noise) {
      this.shown = shown;
      this.noise = noise;
      this.exact = exact(schema);
      this.doubles = doubles(schema);
      this.missing = new BatchBuilder(schema);
      this.surplus = new BatchBuilder(schema);
    }

    /** A row that has found no partner yet. */
    private static final class Left {
      final Batch batch;
      final int row;
      long weight;

      Left(Batch batch, int row, long weight) {
        this.batch = batch;
        this.row = row;
        this.weight = weight;
      }
    }

    void add(Batch rows) {
      for (int row = 0; row < rows.size(); row++) {
        Left left = new Left(rows, row, rows.weights()[row]);
        if (doubles.length == 0) {
          report(left);
          continue;
        }
        if (!group.isEmpty() && !sameGroup(group.getFirst(), left)) {
          group.forEach(this::report);
          group.clear();
        }
        pair(left);
      }
    }

    private boolean sameGroup(Left a, Left b) {
      return Rows.same(a.batch, a.row, exact, b.batch, b.row, exact);
    }

    private void pair(Left left) {
      for (Left other : group) {
        if (left.weight > 0 != other.weight > 0 && close(left, other)) {
          long pairs = Math.min(Math.abs(left.weight), Math.abs(other.weight));
          left.weight -= Long.signum(left.weight) * pairs;
          other.weight -= Long.signum(other.weight) * pairs;
          if (left.weight == 0) {
            break;
          }
        }
      }
      group.removeIf(other -> other.weight == 0);
      if (left.weight != 0) {
        group.add(left);
      }
    }

    private boolean close(Left a, Left b) {
      for (int column : doubles) {
        DoubleVector left = a.batch.doubles(column);
        DoubleVector right = b.batch.doubles(column);
        boolean missing = left.isNull(a.row);
        if (missing != right.isNull(b.row)
            || (!missing && !close(left.values()[a.row], right.values()[b.row]))) {
          return false;
        }
      }
      return true;
    }

    private boolean close(double a, double b) {
      double most = Math.max(noise, TOLERANCE * Math.max(Math.abs(a), Math.abs(b)));
      return Double.compare(a, b) == 0
          || (Double.isFinite(a) && Double.isFinite(b) && Math.abs(a - b) <= most);
    }

    private void report(Left left) {
      if (left.weight > 0) {
        missingRows += left.weight;
        show(missing, left);
      } else {
        surplusRows -= left.weight;
        show(surplus, left);
      }
    }

    private void show(BatchBuilder rows, Left left) {
      if (rows.size() < shown) {
        rows.appendRow(left.batch, left.row, Math.abs(left.weight));
      }
    }

    Proof proof(long rows) {
      group.forEach(this::report);
      return new Proof(rows, missing.build(), surplus.build(), missingRows, surplusRows);
    }
  }
}
