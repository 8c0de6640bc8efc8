package dev.leat.connect;

import dev.leat.model.Column;
import dev.leat.model.SourceTable;
import dev.leat.model.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Makes plausible events of a stream table: JSON records that keep its contract. From the same seed
 * and the same times come the same events. Used by one thread at a time.
 */
public final class Simulator {
  private static final int REMEMBERED = 64;

  /**
   * How events behave.
   *
   * @param late the share whose event time lies back, 0 to 1
   * @param lateness how far at most
   * @param duplicates the share that is sent a second time, 0 to 1
   */
  public record Behaviour(long seed, double late, Duration lateness, double duplicates) {
    public Behaviour {
      if (!(late >= 0 && late <= 1 && duplicates >= 0 && duplicates <= 1)) {
        throw new IllegalArgumentException("late " + late + ", duplicates " + duplicates);
      }
    }
  }

  private final Contract contract;
  private final Optional<Integer> time;
  private final Behaviour behaviour;
  private final Random random;
  private final PlausibleValues values;
  private final List<byte[]> recent = new ArrayList<>();

  /**
   * @param candidates for columns whose values must come from elsewhere, such as product codes: the
   *     values to choose from, by the column's name; the first are chosen most often
   * @throws dev.leat.model.LeatException LEAT-3002 when the table has no columns
   */
  public Simulator(SourceTable table, Map<String, List<String>> candidates, Behaviour behaviour) {
    this.contract = Contract.of(table);
    this.time =
        table.time().map(name -> contract.schema().indexOf(name).orElse(-1)).filter(i -> i >= 0);
    this.behaviour = behaviour;
    this.random = new Random(behaviour.seed());
    this.values = new PlausibleValues(candidates, random, behaviour.seed());
  }

  /** The next event, as happening at {@code now}. */
  public byte[] next(Instant now) {
    if (!recent.isEmpty() && random.nextDouble() < behaviour.duplicates()) {
      return recent.get(random.nextInt(recent.size())).clone();
    }
    byte[] event = event(now).getBytes(StandardCharsets.UTF_8);
    if (recent.size() < REMEMBERED) {
      recent.add(event);
    } else {
      recent.set(random.nextInt(REMEMBERED), event);
    }
    return event.clone();
  }

  private String event(Instant now) {
    values.nextEvent();
    Instant happened = now;
    if (random.nextDouble() < behaviour.late()) {
      double back = random.nextDouble();
      happened = now.minusMillis(1 + (long) (back * back * behaviour.lateness().toMillis()));
    }
    StringBuilder json = new StringBuilder("{");
    List<Column> columns = contract.schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      boolean plain =
          !contract.key().contains(i) && time.filter(Integer.valueOf(i)::equals).isEmpty();
      if (column.nullable() && plain && random.nextInt(20) == 0) {
        continue;
      }
      json.append(json.length() == 1 ? "" : ",").append(quoted(column.name())).append(':');
      json.append(value(column, i, happened));
    }
    return json.append('}').toString();
  }

  private String value(Column column, int index, Instant happened) {
    String name = column.name().toLowerCase(Locale.ROOT);
    boolean key = contract.key().contains(index);
    return switch (column.type()) {
      case Type.Varchar _ -> quoted(key ? values.unique() : values.text(name));
      case Type.Int _, Type.BigInt _ ->
          Long.toString(key ? values.uniqueNumber() : values.integer(name));
      case Type.Decimal decimal -> values.decimal(name, decimal);
      case Type.Float64 _ -> values.decimal(name, new Type.Decimal(9, 3));
      case Type.Bool _ -> Boolean.toString(random.nextInt(3) == 0);
      case Type.Date _ -> quoted(happened.toString().substring(0, 10));
      case Type.Timestamp _ -> quoted(happened.toString());
      case Type.Varbinary _ -> "\"AQID\"";
    };
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
