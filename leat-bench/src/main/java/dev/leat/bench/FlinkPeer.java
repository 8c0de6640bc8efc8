package dev.leat.bench;

import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/**
 * Apache Flink in this process, set up to do well: parallelism of both cores, object reuse,
 * mini-batches, heap state, no checkpoints, a sink that throws everything away.
 */
final class FlinkPeer {
  private static final String BID =
      "CREATE TABLE bid (auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING,"
          + " date_time TIMESTAMP(3), extra STRING) WITH ('connector' = 'nexmark', 'events' = 'bid')";
  private static final String AUCTION =
      "CREATE TABLE auction (id BIGINT, date_time TIMESTAMP(3), expires TIMESTAMP(3), category INT)"
          + " WITH ('connector' = 'nexmark', 'events' = 'auction')";

  private FlinkPeer() {}

  /** Runs a query over all events once; the cost is measured from the first row read. */
  static Measured run(String sql, NexmarkEvents events) {
    TableEnvironment tables = open(events);
    String select = inFlink(sql);
    tables.executeSql(sinkFor(tables.sqlQuery(select)));
    try {
      tables.executeSql("INSERT INTO sink " + select).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return Measured.since(FlinkSource.Events.firstRow());
  }

  /** What the changes of a query add up to, in these columns. */
  static NexmarkAnswer answer(String sql, NexmarkEvents events, int[] compared) {
    NexmarkAnswer answer = NexmarkAnswer.NONE;
    try (CloseableIterator<Row> changes = open(events).executeSql(inFlink(sql)).collect()) {
      while (changes.hasNext()) {
        answer = answer.plus(changes.next(), compared);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return answer;
  }

  private static TableEnvironment open(NexmarkEvents events) {
    FlinkSource.Events.serve(events);
    TableEnvironment tables =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(configuration())
                .build());
    tables.executeSql(BID);
    tables.executeSql(AUCTION);
    return tables;
  }

  private static String inFlink(String sql) {
    return sql.replace("{day}", "DATE_FORMAT(date_time, 'yyyy-MM-dd')");
  }

  private static String sinkFor(Table result) {
    StringBuilder ddl = new StringBuilder("CREATE TABLE sink (");
    int i = 0;
    for (Column column : result.getResolvedSchema().getColumns()) {
      ddl.append(i > 0 ? ", " : "")
          .append("c")
          .append(i++)
          .append(" ")
          .append(column.getDataType().getLogicalType().copy(true).asSerializableString());
    }
    return ddl.append(") WITH ('connector' = 'blackhole')").toString();
  }

  private static Configuration configuration() {
    Configuration c = new Configuration();
    c.setString("parallelism.default", "2");
    c.setString("pipeline.object-reuse", "true");
    c.setString("taskmanager.numberOfTaskSlots", "2");
    c.setString("execution.runtime-mode", "STREAMING");
    c.setString("table.local-time-zone", "UTC");
    c.setString("table.exec.mini-batch.enabled", "true");
    c.setString("table.exec.mini-batch.allow-latency", "2s");
    c.setString("table.exec.mini-batch.size", "50000");
    c.setString("taskmanager.memory.network.min", "128mb");
    c.setString("taskmanager.memory.network.max", "128mb");
    return c;
  }
}
