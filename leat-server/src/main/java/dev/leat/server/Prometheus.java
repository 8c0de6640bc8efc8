package dev.leat.server;

import java.time.Duration;
import java.util.Locale;

/** A {@link Status} in the text format that Prometheus scrapes. */
final class Prometheus {
  private static final double NANOS_PER_SECOND = 1e9;

  private final StringBuilder text = new StringBuilder();

  private Prometheus() {}

  static String text(Status status) {
    return new Prometheus().write(status);
  }

  private String write(Status status) {
    head("leat_epoch", "gauge", "The newest epoch");
    line("leat_epoch", "", status.epoch());
    head("leat_quarantined_rows", "gauge", "Rows in quarantine");
    line("leat_quarantined_rows", "", status.quarantined());
    head("leat_source_rows", "gauge", "Rows of a source table");
    status.sources().forEach(s -> line("leat_source_rows", "table", s.table(), s.rows()));
    head("leat_source_rows_total", "counter", "Rows taken in since the start");
    status.sources().forEach(s -> line("leat_source_rows_total", "table", s.table(), s.taken()));
    head("leat_source_lag_rows", "gauge", "Rows that are not in an epoch yet");
    status
        .sources()
        .forEach(s -> s.lag().ifPresent(n -> line("leat_source_lag_rows", "table", s.table(), n)));
    head("leat_source_rejected_rows_total", "counter", "Rows that broke their contract");
    status
        .sources()
        .forEach(s -> line("leat_source_rejected_rows_total", "table", s.table(), s.rejected()));
    head("leat_table_rows", "gauge", "Rows of a table");
    status.tables().forEach(t -> line("leat_table_rows", "table", t.table(), t.rows()));
    head("leat_freshness_seconds", "gauge", "From acceptance of an event to its epoch");
    status.freshness().p50().ifPresent(d -> freshness("0.5", d));
    status.freshness().p99().ifPresent(d -> freshness("0.99", d));
    status
        .process()
        .ifPresent(p -> {
          head("leat_process_resident_bytes", "gauge", "Memory of the process");
          line("leat_process_resident_bytes", "", p.residentBytes());
          head("leat_process_cpu_cores", "gauge", "Cores in use");
          line("leat_process_cpu_cores", "", p.cpu());
        });
    return text.toString();
  }

  private void freshness(String quantile, Duration duration) {
    line("leat_freshness_seconds", "quantile", quantile, duration.toNanos() / NANOS_PER_SECOND);
  }

  private void head(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void line(String name, String label, String value, double number) {
    String quoted = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    line(name, "{" + label + "=\"" + quoted + "\"}", number);
  }

  private void line(String name, String labels, double number) {
    String shown =
        number == Math.rint(number) && Math.abs(number) < 1e15
            ? Long.toString((long) number)
            : String.format(Locale.ROOT, "%s", number);
    text.append(name).append(labels).append(' ').append(shown).append('\n');
  }
}
