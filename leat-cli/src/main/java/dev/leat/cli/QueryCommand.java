package dev.leat.cli;

import dev.leat.duckdb.Answer;
import dev.leat.duckdb.EpochView;
import dev.leat.duckdb.ResultFormat;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.sql.CompiledQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat query DIR "SQL"}: answers from one epoch, also while the project runs. */
@Command(
    name = "query",
    description = {
      "Answers a SELECT from the newest epoch, also while the project is up.",
      "Example: leat query shop \"SELECT day, visits FROM pages_by_day\" --format csv"
    },
    mixinStandardHelpOptions = true)
final class QueryCommand implements Callable<Integer> {
  @Mixin Folder folder;

  @Parameters(index = "1", paramLabel = "SQL", description = "The SELECT.")
  String sql;

  @Option(names = "--epoch", paramLabel = "N", description = "Ask this epoch, not the newest.")
  Optional<Long> epoch = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, csv, json, ndjson or parquet (${DEFAULT-VALUE}).")
  String format;

  @Option(names = Talk.JSON, description = "The same as --format json; errors are JSON, too.")
  boolean json;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write to this file; --format parquet to a terminal needs one.")
  Optional<Path> output = Optional.empty();

  @Override
  public Integer call() {
    output.ifPresent(Output::requirePlace);
    if (format.equals("parquet")) {
      output.ifPresentOrElse(this::writeParquet, this::sendParquet);
      return Leat.DONE;
    }
    try (OpenLake lake = OpenLake.of(folder.read(), epoch)) {
      CompiledQuery query = lake.compile(sql);
      try (EpochView view = lake.view()) {
        ResultFormat chosen =
            ResultFormat.named(json ? "json" : format, Terminal.width())
                .orElseThrow(() -> unknownFormat(format));
        write(view, query, chosen);
      }
    }
    return Leat.DONE;
  }

  private void write(EpochView view, CompiledQuery query, ResultFormat chosen) {
    try (Answer answer = view.query(query.plan());
        Output to = Output.to(output)) {
      chosen.write(query.plan().schema(), answer, to.writer());
    } catch (IOException e) {
      if (!Output.isReaderGone(e)) {
        throw Output.unwritten(output, e.toString());
      }
    }
  }

  private void writeParquet(Path to) {
    Path file = to.toAbsolutePath().normalize();
    List<Path> folders = Optional.ofNullable(file.getParent()).stream().toList();
    try (OpenLake lake = OpenLake.of(folder.read(), epoch, folders)) {
      CompiledQuery query = lake.compile(sql);
      try (EpochView view = lake.view()) {
        view.writeOne(query.plan(), file);
      }
    }
  }

  /** A Parquet file begins to be one when its end is written: it is made, then sent. */
  private void sendParquet() {
    if (Terminal.live()) {
      throw needsOutput();
    }
    try {
      Path place = Files.createTempDirectory("leat");
      Path made = place.resolve("answer.parquet");
      try {
        writeParquet(made);
        Output.send(made);
      } finally {
        Files.deleteIfExists(made);
        Files.delete(place);
      }
    } catch (IOException e) {
      if (!Output.isReaderGone(e)) {
        throw Output.unwritten(Optional.empty(), e.toString());
      }
    }
  }

  private static LeatException needsOutput() {
    return new LeatException(
        Problem.of(
            ErrorCode.USAGE,
            "Parquet is not for a terminal.",
            "Name a file: --output FILE, or send it on: > FILE."));
  }

  private static LeatException unknownFormat(String format) {
    return new LeatException(
        Problem.of(
            ErrorCode.USAGE,
            "There is no format " + format + ".",
            "Take table, csv, json, ndjson or parquet."));
  }
}
