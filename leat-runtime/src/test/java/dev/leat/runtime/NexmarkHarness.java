package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.engine.Circuit;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import dev.leat.sql.Function;
import dev.leat.sql.Plan;
import dev.leat.sql.Plan.AggregateCall;
import dev.leat.sql.Plan.AggregateFunction;
import dev.leat.sql.Plan.JoinKind;
import dev.leat.sql.Plan.SortKey;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Measures the circuits of some Nexmark queries on prebuilt batches: CPU-microseconds an event, of
 * the whole process. Arguments: the queries, events, events a step, {@code append} or {@code any}.
 */
final class NexmarkHarness {
  private static final long BASE = 1_436_918_400_000_000L;
  private static final Schema BID =
      Schema.of(
          Column.required("auction", Type.BIGINT),
          Column.required("bidder", Type.BIGINT),
          Column.required("price", Type.BIGINT),
          Column.required("channel", Type.VARCHAR),
          Column.required("url", Type.VARCHAR),
          Column.required("date_time", Type.TIMESTAMP),
          Column.required("extra", Type.VARCHAR),
          Column.required("random_key", Type.BIGINT));
  private static final Schema AUCTION =
      Schema.of(
          Column.required("id", Type.BIGINT),
          Column.required("category", Type.BIGINT),
          Column.required("date_time", Type.TIMESTAMP),
          Column.required("expires", Type.TIMESTAMP));

  private NexmarkHarness() {}

  public static void main(String[] arguments) {
    String[] queries = arguments[0].split(",", -1);
    int events = Integer.parseInt(arguments[1]);
    int step = Integer.parseInt(arguments[2]);
    Set<String> appendOnly = arguments[3].equals("append") ? Set.of("bid", "auction") : Set.of();
    List<Map<String, Batch>> steps = generate(events, step);
    for (String query : queries) {
      measure(query, steps, events, appendOnly);
    }
  }

  private static void measure(
      String query, List<Map<String, Batch>> steps, int events, Set<String> appendOnly) {
    Plan plan = plan(query);
    double[] runs = new double[4];
    List<Circuit.OperatorReport> report = List.of();
    long rows = 0;
    for (int run = 0; run < runs.length; run++) {
      System.gc();
      try (Circuit circuit = new MaintenanceEngine(appendOnly).open(plan)) {
        long before = cpuNanos();
        circuit.start();
        rows = 0;
        for (Map<String, Batch> changes : steps) {
          rows += circuit.step(changes).size();
        }
        runs[run] = (cpuNanos() - before) / 1e3 / events;
        report = circuit.report();
      }
    }
    double first = runs[0];
    Arrays.sort(runs);
    System.out.printf(
        "%-6s cpu-us/event %.4f best %.4f (first %.4f) rows out %d%n",
        query, runs[1], runs[0], first, rows);
    for (Circuit.OperatorReport o : report) {
      System.out.printf(
          "    %-40s keys %9d bytes/key %6.1f in %9d out %9d ns/event %.1f%n",
          o.operator(),
          o.keys(),
          (double) o.bytes() / Math.max(1, o.keys()),
          o.rowsIn(),
          o.rowsOut(),
          (double) o.nanos() / events);
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static Plan plan(String query) {
    Plan bid = new Plan.Scan("bid", BID);
    return switch (query) {
      case "agg" -> aggregate(bid, List.of(7), call(AggregateFunction.COUNT), sum(2), max(2));
      case "clustered" -> aggregate(bid, List.of(0), call(AggregateFunction.COUNT), sum(2), max(2));
      case "q4" -> q4();
      case "q15" -> q15(bid);
      case "q18" -> new Plan.TopN(bid18(bid), List.of(1, 0), List.of(desc(5)), 1, false, BID18);
      case "q19" ->
          new Plan.TopN(
              bid18(bid), List.of(0), List.of(desc(2)), 10, true, with(BID18, "row_number"));
      default -> throw new IllegalArgumentException(query);
    };
  }

  private static final Schema BID18 = new Schema(BID.columns().subList(0, 7));

  private static Plan bid18(Plan bid) {
    return project(bid, 0, 1, 2, 3, 4, 5, 6);
  }

  private static Plan q4() {
    Plan auction = new Plan.Scan("auction", AUCTION);
    Plan bid = project(new Plan.Scan("bid", BID), 0, 2, 5);
    List<Column> columns = new ArrayList<>(AUCTION.columns());
    columns.addAll(bid.schema().columns());
    Expr within =
        bool(
            Function.AND,
            bool(Function.GE, ref(6, Type.TIMESTAMP), ref(2, Type.TIMESTAMP)),
            bool(Function.LE, ref(6, Type.TIMESTAMP), ref(3, Type.TIMESTAMP)));
    Plan join =
        new Plan.Join(
            JoinKind.INNER,
            auction,
            bid,
            List.of(0),
            List.of(0),
            Optional.of(within),
            new Schema(columns));
    Plan best = aggregate(join, List.of(0, 1), max(5));
    return aggregate(
        best,
        List.of(1),
        new AggregateCall(
            AggregateFunction.AVG, false, List.of(2), Optional.empty(), Type.decimal(18, 6)));
  }

  private static Plan q15(Plan bid) {
    Expr price = ref(2, Type.BIGINT);
    Expr low = Expr.Literal.of(10_000, Type.BIGINT);
    Expr high = Expr.Literal.of(1_000_000, Type.BIGINT);
    Expr day =
        new Expr.Call(
            Function.DIVIDE,
            List.of(ref(5, Type.BIGINT), Expr.Literal.of(86_400_000_000L, Type.BIGINT)),
            Type.BIGINT,
            false);
    List<Expr> expressions =
        List.of(
            day,
            bool(Function.LT, price, low),
            bool(Function.AND, bool(Function.GE, price, low), bool(Function.LT, price, high)),
            bool(Function.GE, price, high),
            ref(1, Type.BIGINT),
            ref(0, Type.BIGINT));
    Schema schema =
        Schema.of(
            Column.required("day", Type.BIGINT),
            Column.required("r1", Type.BOOLEAN),
            Column.required("r2", Type.BOOLEAN),
            Column.required("r3", Type.BOOLEAN),
            Column.required("bidder", Type.BIGINT),
            Column.required("auction", Type.BIGINT));
    List<AggregateCall> calls = new ArrayList<>();
    for (List<Integer> arguments : List.of(List.<Integer>of(), List.of(4), List.of(5))) {
      for (int filter = 0; filter < 4; filter++) {
        calls.add(
            new AggregateCall(
                AggregateFunction.COUNT,
                !arguments.isEmpty(),
                arguments,
                filter == 0 ? Optional.empty() : Optional.of(filter),
                Type.BIGINT));
      }
    }
    return aggregate(
        new Plan.Project(bid, expressions, schema),
        List.of(0),
        calls.toArray(new AggregateCall[0]));
  }

  private static Expr ref(int column, Type type) {
    return new Expr.ColumnRef(column, type, false);
  }

  private static Expr bool(Function function, Expr left, Expr right) {
    return new Expr.Call(function, List.of(left, right), Type.BOOLEAN, false);
  }

  private static SortKey desc(int column) {
    return new SortKey(column, true, false);
  }

  private static Plan project(Plan input, int... columns) {
    List<Expr> expressions = new ArrayList<>();
    List<Column> chosen = new ArrayList<>();
    for (int column : columns) {
      expressions.add(ref(column, input.schema().column(column).type()));
      chosen.add(input.schema().column(column));
    }
    return new Plan.Project(input, expressions, new Schema(chosen));
  }

  private static AggregateCall call(AggregateFunction function) {
    return new AggregateCall(function, false, List.of(), Optional.empty(), Type.BIGINT);
  }

  private static AggregateCall sum(int column) {
    return new AggregateCall(
        AggregateFunction.SUM, false, List.of(column), Optional.empty(), Type.BIGINT);
  }

  private static AggregateCall max(int column) {
    return new AggregateCall(
        AggregateFunction.MAX, false, List.of(column), Optional.empty(), Type.BIGINT);
  }

  private static Plan aggregate(Plan input, List<Integer> keys, AggregateCall... calls) {
    List<Column> columns = new ArrayList<>();
    keys.forEach(k -> columns.add(input.schema().column(k)));
    for (AggregateCall call : calls) {
      columns.add(Column.optional("a" + columns.size(), call.type()));
    }
    return new Plan.Aggregate(input, keys, List.of(calls), new Schema(columns));
  }

  private static Schema with(Schema schema, String name) {
    List<Column> columns = new ArrayList<>(schema.columns());
    columns.add(Column.required(name, Type.BIGINT));
    return new Schema(columns);
  }

  private static List<Map<String, Batch>> generate(int events, int step) {
    SplittableRandom random = new SplittableRandom(7);
    byte[][] texts = new byte[4096][64];
    for (byte[] text : texts) {
      for (int i = 0; i < text.length; i++) {
        text[i] = (byte) ('a' + random.nextInt(26));
      }
    }
    List<Map<String, Batch>> steps = new ArrayList<>();
    for (int from = 0; from < events; from += step) {
      BatchBuilder bids = new BatchBuilder(BID);
      BatchBuilder auctions = new BatchBuilder(AUCTION);
      for (long n = from; n < from + step; n++) {
        int place = (int) (n % 50);
        long time = BASE + n * 100;
        if (place >= 1 && place < 4) {
          auction(auctions, random, n, time);
        } else if (place >= 4) {
          bid(bids, random, n, time, texts);
        }
      }
      Map<String, Batch> changes = new LinkedHashMap<>();
      changes.put("auction", auctions.build());
      changes.put("bid", bids.build());
      steps.add(changes);
    }
    return steps;
  }

  private static long lastAuction(long n) {
    return Math.max(0, n / 50 * 3 + Math.min(2, n % 50 - 1));
  }

  private static void auction(BatchBuilder out, SplittableRandom random, long n, long time) {
    out.column(0).append(1000 + lastAuction(n));
    out.column(1).append(10 + random.nextInt(5));
    out.column(2).append(time);
    out.column(3).append(time + 1000 * (1 + random.nextInt(66)));
    out.endRow(1);
  }

  private static void bid(
      BatchBuilder out, SplittableRandom random, long n, long time, byte[][] texts) {
    long last = lastAuction(n);
    long least = Math.max(last - 100, 0);
    long auction =
        1000
            + (random.nextInt(2) > 0
                ? last / 100 * 100
                : least + random.nextLong(last - least + 11));
    long persons = n / 50;
    long active = Math.min(persons + 1, 1000);
    long bidder =
        1000
            + (random.nextInt(4) > 0
                ? persons / 100 * 100 + 1
                : persons + 1 - active + random.nextLong(active + 10));
    long price = Math.round(Math.pow(10, random.nextDouble() * 6) * 100);
    boolean hot = random.nextBoolean();
    int channel = hot ? random.nextInt(4) : random.nextInt(4096);
    out.column(0).append(auction);
    out.column(1).append(bidder);
    out.column(2).append(price);
    out.column(3).append(texts[channel], 0, hot ? 6 : 12);
    out.column(4).append(texts[channel], 0, 64);
    out.column(5).append(time);
    out.column(6).append(texts[random.nextInt(4096)], 0, 32);
    out.column(7).append((price * 31 + bidder * 7919 + auction * 104729) % 3_000_000);
    out.endRow(1);
  }
}
