package dev.leat.mill;

import dev.leat.connect.ContractChange;
import dev.leat.data.Batch;
import dev.leat.data.Position;
import dev.leat.duckdb.BulkWriter;
import dev.leat.duckdb.Conversion;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.EpochView;
import dev.leat.lake.Epoch;
import dev.leat.lake.EpochWriter;
import dev.leat.lake.Lake;
import dev.leat.lake.TableVersion;
import dev.leat.model.Column;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Carries a source's rows over to another contract. They are converted where they are, rather than
 * read anew: the log may no longer have them, and what was decided over them, such as which event
 * of a key came first or what left the quarantine, stays decided.
 */
final class CarryOver {
  private final Lake lake;
  private final DuckDb duck;
  private final Definitions definitions;

  CarryOver(Lake lake, DuckDb duck, Definitions definitions) {
    this.lake = lake;
    this.duck = duck;
    this.definitions = definitions;
  }

  /** Whether an input's table is not there, or has other columns than the contract says. */
  boolean needed(Input input, Epoch epoch) {
    return read(input.name(), epoch)
        .filter(version -> version.schema().equals(input.intake().schema()))
        .isEmpty();
  }

  /** What was read from a source under this name, rather than made by a query that had it. */
  private Optional<TableVersion> read(String name, Epoch epoch) {
    return epoch.table(name).filter(_ -> !definitions.made(name));
  }

  /** How far a source was read for the rows that are there. */
  Position position(String name, Epoch epoch) {
    return definitions.made(name) ? Position.START : epoch.position(name);
  }

  /** Whether anything was read from a source under this name. */
  boolean hasRead(String name) {
    return lake.newest().filter(e -> position(name, e).since(Position.START) > 0).isPresent();
  }

  /**
   * Looks whether all rows can be carried over, before anything is read or written, and tells the
   * source what they are.
   *
   * @throws LeatException LEAT-3002 when a value has no place under its column's new type
   */
  void check(Input input, Epoch epoch) {
    read(input.name(), epoch).ifPresent(version -> input.intake().readTo(version.schema()));
    Optional<Conversion> retyping = retyping(input, epoch);
    if (retyping.isPresent()) {
      try (EpochView view = EpochView.at(duck, lake, epoch)) {
        view.misfit(input.name(), retyping.get())
            .ifPresent(misfit -> {
              throw ContractChange.refused(input.intake().table(), misfit);
            });
      }
    }
  }

  private Optional<Conversion> retyping(Input input, Epoch epoch) {
    return read(input.name(), epoch)
        .map(version -> new Conversion(version.schema(), input.intake().schema()))
        .filter(Conversion::retypes);
  }

  /**
   * Gives an input's table the contract's columns and all its rows: reading goes on behind them.
   */
  void into(Input input, EpochWriter writer) {
    String name = input.name();
    Schema schema = input.intake().schema();
    input.moveTo(position(name, writer.previous()));
    if (definitions.made(name)) {
      writer.drop(name);
    }
    writer.apply(name, schema, Batch.empty(schema));
    Optional<Conversion> retyping = retyping(input, writer.previous());
    if (retyping.isPresent()) {
      try (EpochView view = EpochView.at(duck, lake, writer.previous())) {
        BulkWriter.Written written =
            view.write(
                name,
                retyping.get(),
                writer.fieldIds(name, schema),
                () -> writer.newDataFile(name, schema));
        writer.append(name, schema, written.files());
      }
    }
  }

  /**
   * Looks whether rows of before have what the contract now demands, after all has been read: a
   * database may have given it meanwhile.
   *
   * @throws LeatException LEAT-3002 when they have not
   */
  void checkValues(Input input, EpochWriter writer) {
    Optional<TableVersion> before = read(input.name(), writer.previous());
    if (before.isEmpty()) {
      return;
    }
    for (Column column : input.intake().schema().columns()) {
      if (!column.nullable() && mayMiss(before.get().schema(), column)) {
        try (EpochView view = EpochView.of(duck, writer::files, Map.of())) {
          long missing = view.missing(input.name(), column.name());
          if (missing > 0) {
            throw ContractChange.valuesMissing(input.intake().table(), column.name(), missing);
          }
        }
      }
    }
  }

  private static boolean mayMiss(Schema before, Column column) {
    OptionalInt index = before.indexOf(column.name());
    return index.isEmpty() || before.column(index.getAsInt()).nullable();
  }
}
