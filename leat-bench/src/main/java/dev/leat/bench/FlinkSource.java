package dev.leat.bench;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.legacy.table.connector.source.SourceFunctionProvider;
import org.apache.flink.streaming.api.functions.source.legacy.RichParallelSourceFunction;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.factories.DynamicTableSourceFactory;

/** Gives Flink the events in memory, as the connector {@code nexmark}. */
public final class FlinkSource implements DynamicTableSourceFactory {
  private static final ConfigOption<String> EVENTS =
      ConfigOptions.key("events").stringType().noDefaultValue();

  @Override
  public String factoryIdentifier() {
    return "nexmark";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(EVENTS);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    return new Source(Objects.requireNonNull(context.getCatalogTable().getOptions().get("events")));
  }

  /** What is served, and when the first row was asked for. */
  static final class Events {
    private static final AtomicReference<Served> SERVED = new AtomicReference<>();
    private static final AtomicReference<Measured.Start> FIRST = new AtomicReference<>();

    private Events() {}

    /** Strings are made once, as a job's own source would keep them. */
    record Served(
        NexmarkEvents events,
        StringData[] hot,
        StringData[] channels,
        StringData[] urls,
        StringData[] texts) {}

    static void serve(NexmarkEvents events) {
      FIRST.set(null);
      Served before = SERVED.get();
      if (before == null || before.events() != events) {
        SERVED.set(
            new Served(
                events,
                strings(NexmarkGenerator.HOT),
                strings(events.generator.channels),
                strings(events.generator.urls),
                strings(events.generator.texts)));
      }
    }

    private static StringData[] strings(String[] values) {
      StringData[] result = new StringData[values.length];
      for (int i = 0; i < values.length; i++) {
        result[i] = StringData.fromString(values[i]);
        result[i].toBytes();
      }
      return result;
    }

    static Measured.Start firstRow() {
      return Objects.requireNonNull(FIRST.get(), "no row was asked for");
    }

    static void asked() {
      if (FIRST.get() == null) {
        FIRST.compareAndSet(null, Measured.start());
      }
    }
  }

  private record Source(String events) implements ScanTableSource {
    @Override
    public ChangelogMode getChangelogMode() {
      return ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
      return SourceFunctionProvider.of(new Reader(events), true);
    }

    @Override
    public DynamicTableSource copy() {
      return this;
    }

    @Override
    public String asSummaryString() {
      return "nexmark";
    }
  }

  private static final class Reader extends RichParallelSourceFunction<RowData> {
    private static final long serialVersionUID = 1L;
    private final String kind;
    private volatile boolean running = true;

    Reader(String kind) {
      this.kind = kind;
    }

    @Override
    public void run(SourceContext<RowData> context) {
      Events.asked();
      int me = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
      int all = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
      Events.Served served = Objects.requireNonNull(Events.SERVED.get(), "nothing is served");
      int rows = kind.equals("bid") ? served.events().bids : served.events().auctions;
      for (int i = me; i < rows && running; i += all) {
        synchronized (context.getCheckpointLock()) {
          context.collect(kind.equals("bid") ? bid(served, i) : auction(served.events(), i));
        }
      }
    }

    private static RowData bid(Events.Served served, int i) {
      NexmarkEvents e = served.events();
      return GenericRowData.of(
          e.bidAuction[i],
          e.bidBidder[i],
          e.bidPrice[i],
          (e.bidHot[i] ? served.hot() : served.channels())[e.bidUrl[i]],
          served.urls()[e.bidUrl[i]],
          TimestampData.fromEpochMillis(e.bidMillis[i]),
          served.texts()[e.bidText[i]]);
    }

    private static RowData auction(NexmarkEvents e, int i) {
      return GenericRowData.of(
          e.auctionId[i],
          TimestampData.fromEpochMillis(e.auctionMillis[i]),
          TimestampData.fromEpochMillis(e.auctionExpires[i]),
          e.auctionCategory[i]);
    }

    @Override
    public void cancel() {
      running = false;
    }
  }
}
