package dev.leat.runtime;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import dev.leat.sql.Frame;
import dev.leat.sql.Plan;
import dev.leat.sql.Plan.WindowCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** OVER at random: every function, every kind of frame, orders with ties and without. */
final class RandomWindows {
  private final Random random;

  RandomWindows(Random random) {
    this.random = random;
  }

  Plan over(Plan input) {
    Schema schema = input.schema();
    List<Integer> partition = new ArrayList<>(List.of(random.nextInt(schema.size())));
    if (random.nextInt(4) == 0) {
      partition.add(random.nextInt(schema.size()));
    }
    int kind = random.nextInt(4);
    List<Plan.SortKey> order = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      order.add(key(random.nextInt(schema.size())));
    }
    List<Integer> ties = new ArrayList<>();
    if (kind < 3) { // what may depend on the order of peers
      for (int c = 0; c < schema.size(); c++) {
        ties.add(c);
      }
      order.forEach(key -> ties.remove((Integer) key.column()));
    }
    List<WindowCall> calls = new ArrayList<>();
    List<Column> columns = new ArrayList<>(schema.columns());
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      WindowCall call =
          switch (kind) {
            case 0 -> placed(schema);
            case 1, 2 -> framed(schema);
            default -> ranked();
          };
      calls.add(call);
      columns.add(Column.optional("w", call.type()));
    }
    Optional<Frame> frame =
        switch (kind) {
          case 1 -> Optional.of(new Frame(true, bound(-3), bound(-1)));
          case 2 -> Optional.of(new Frame(false, peers(), peers()));
          default -> Optional.empty();
        };
    return new Plan.Window(input, partition, order, ties, frame, calls, new Schema(columns));
  }

  private Plan.SortKey key(int column) {
    return new Plan.SortKey(column, random.nextBoolean(), random.nextBoolean());
  }

  private Frame.Bound bound(int least) {
    return random.nextInt(3) == 0
        ? new Frame.Bound.Unbounded()
        : new Frame.Bound.Rows((long) least + random.nextInt(4));
  }

  private Frame.Bound peers() {
    return random.nextBoolean() ? new Frame.Bound.Unbounded() : new Frame.Bound.Rows(0);
  }

  private static Expr ref(Schema schema, int column) {
    return new Expr.ColumnRef(column, schema.column(column).type(), true);
  }

  private WindowCall ranked() {
    return switch (random.nextInt(4)) {
      case 0 -> new WindowCall("RANK", List.of(), Type.BIGINT);
      case 1 -> new WindowCall("DENSE_RANK", List.of(), Type.BIGINT);
      case 2 -> new WindowCall("PERCENT_RANK", List.of(), Type.DOUBLE);
      default -> new WindowCall("CUME_DIST", List.of(), Type.DOUBLE);
    };
  }

  private WindowCall placed(Schema schema) {
    Expr value = ref(schema, random.nextInt(schema.size()));
    Expr by = Expr.Literal.of(1 + random.nextInt(3), Type.INTEGER);
    return switch (random.nextInt(5)) {
      case 0 -> new WindowCall("ROW_NUMBER", List.of(), Type.BIGINT);
      case 1 -> new WindowCall("NTILE", List.of(by), Type.BIGINT);
      case 2 -> new WindowCall("LAG", List.of(value), value.type());
      case 3 -> new WindowCall("LAG", List.of(value, by, value), value.type());
      default -> new WindowCall("LEAD", List.of(value, by), value.type());
    };
  }

  private WindowCall framed(Schema schema) {
    Expr value = ref(schema, random.nextInt(schema.size()));
    boolean sums = value.type().physical() != Type.Physical.BYTES && value.type() != Type.BOOLEAN;
    return switch (random.nextInt(sums ? 9 : 7)) {
      case 0 -> new WindowCall("COUNT", List.of(), Type.BIGINT);
      case 1 -> new WindowCall("COUNT", List.of(value), Type.BIGINT);
      case 2 -> new WindowCall("FIRST_VALUE", List.of(value), value.type());
      case 3 -> new WindowCall("LAST_VALUE", List.of(value), value.type());
      case 4 ->
          new WindowCall(
              "NTH_VALUE", List.of(value, Expr.Literal.of(2, Type.INTEGER)), value.type());
      case 5 -> new WindowCall("MIN", List.of(value), value.type());
      case 6 -> new WindowCall("MAX", List.of(value), value.type());
      case 7 -> new WindowCall("SUM", List.of(value), RandomPlans.sumType(value.type()));
      default -> new WindowCall("AVG", List.of(value), RandomPlans.averageType(value.type()));
    };
  }
}
