package dev.leat.bench;

import dev.leat.data.Batch;
import dev.leat.data.BytesVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.engine.Circuit;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.runtime.MaintenanceEngine;
import dev.leat.sql.Catalog;
import dev.leat.sql.Compiler;
import dev.leat.sql.Plan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Leat's maintenance runtime alone, on one thread: the same SQL, compiled, fed step by step. */
final class LeatPeer {
  private static final Schema BID =
      Schema.of(
          Column.required("auction", Type.BIGINT),
          Column.required("bidder", Type.BIGINT),
          Column.required("price", Type.BIGINT),
          Column.required("channel", Type.VARCHAR),
          Column.required("url", Type.VARCHAR),
          Column.required("date_time", Type.TIMESTAMP),
          Column.required("extra", Type.VARCHAR));
  private static final Schema AUCTION =
      Schema.of(
          Column.required("id", Type.BIGINT),
          Column.required("date_time", Type.TIMESTAMP),
          Column.required("expires", Type.TIMESTAMP),
          Column.required("category", Type.INTEGER));

  private final NexmarkEvents events;
  private final List<Map<String, Batch>> steps = new ArrayList<>();

  /** Cuts the events into steps, in memory: what a source would hand over. */
  LeatPeer(NexmarkEvents events, int stepEvents) {
    this.events = events;
    int marks = stepEvents / NexmarkEvents.MARK;
    for (int mark = 0; mark + marks < events.bidsBefore.length; mark += marks) {
      steps.add(
          Map.of(
              "bid",
              bids(events.bidsBefore[mark], events.bidsBefore[mark + marks]),
              "auction",
              auctions(events.auctionsBefore[mark], events.auctionsBefore[mark + marks])));
    }
  }

  /** Runs a query over all events once. Changes go nowhere, as in the peer's sink. */
  Measured run(String sql) {
    try (Circuit circuit = open(sql)) {
      circuit.start();
      Measured.Start start = Measured.start();
      for (Map<String, Batch> step : steps) {
        circuit.step(step);
      }
      return Measured.since(start);
    }
  }

  /** What the changes of a query add up to, in these columns. */
  NexmarkAnswer answer(String sql, int[] compared) {
    try (Circuit circuit = open(sql)) {
      NexmarkAnswer answer = NexmarkAnswer.NONE.plus(circuit.start(), compared);
      for (Map<String, Batch> step : steps) {
        answer = answer.plus(circuit.step(step), compared);
      }
      return answer;
    }
  }

  private static Circuit open(String sql) {
    Plan plan =
        new Compiler(Catalog.of(Map.of("bid", BID, "auction", AUCTION)))
            .compileQuery(sql.replace("{day}", "CAST(date_time AS DATE)"))
            .plan();
    return new MaintenanceEngine(Set.of("bid", "auction")).open(plan);
  }

  private Batch bids(int from, int to) {
    int size = to - from;
    long[] micros = new long[size];
    String[] channel = new String[size];
    String[] url = new String[size];
    String[] extra = new String[size];
    for (int i = 0; i < size; i++) {
      micros[i] = events.bidMillis[from + i] * 1_000;
      channel[i] = events.channel(from + i);
      url[i] = events.generator.urls[events.bidUrl[from + i]];
      extra[i] = events.generator.texts[events.bidText[from + i]];
    }
    return inserts(
        BID,
        List.of(
            longs(events.bidAuction, from, to),
            longs(events.bidBidder, from, to),
            longs(events.bidPrice, from, to),
            texts(channel),
            texts(url),
            new LongVector(micros, Vector.NO_NULLS, size),
            texts(extra)),
        size);
  }

  private Batch auctions(int from, int to) {
    int size = to - from;
    long[] micros = new long[size];
    long[] expires = new long[size];
    long[] category = new long[size];
    for (int i = 0; i < size; i++) {
      micros[i] = events.auctionMillis[from + i] * 1_000;
      expires[i] = events.auctionExpires[from + i] * 1_000;
      category[i] = events.auctionCategory[from + i];
    }
    return inserts(
        AUCTION,
        List.of(
            longs(events.auctionId, from, to),
            new LongVector(micros, Vector.NO_NULLS, size),
            new LongVector(expires, Vector.NO_NULLS, size),
            new LongVector(category, Vector.NO_NULLS, size)),
        size);
  }

  private static Batch inserts(Schema schema, List<Vector> columns, int size) {
    long[] weights = new long[size];
    Arrays.fill(weights, 1);
    return new Batch(schema, columns, weights, size, true);
  }

  private static LongVector longs(long[] values, int from, int to) {
    return new LongVector(Arrays.copyOfRange(values, from, to), Vector.NO_NULLS, to - from);
  }

  private static BytesVector texts(String[] values) {
    int[] offsets = new int[values.length + 1];
    byte[][] bytes = new byte[values.length][];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = values[i].getBytes(StandardCharsets.UTF_8);
      offsets[i + 1] = offsets[i] + bytes[i].length;
    }
    byte[] data = new byte[offsets[values.length] + BytesVector.PADDING];
    for (int i = 0; i < values.length; i++) {
      System.arraycopy(bytes[i], 0, data, offsets[i], bytes[i].length);
    }
    return new BytesVector(data, offsets, Vector.NO_NULLS, values.length);
  }
}
