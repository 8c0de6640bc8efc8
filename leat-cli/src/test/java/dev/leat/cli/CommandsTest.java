package dev.leat.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.log.Log;
import dev.leat.model.LeatException;
import dev.leat.model.ProjectReader;
import dev.leat.model.SourceTable;
import dev.leat.model.Variables;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Exit statuses, and what machines are told: answers on standard output, errors on the other. */
class CommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private record Ran(int status, String out, String err) {
    JsonNode answer() throws IOException {
      assertThat(err).isEmpty();
      return JSON.readTree(out);
    }

    /** The code of the one error there is, said in JSON with nothing beside it. */
    String error() throws IOException {
      assertThat(out).isEmpty();
      assertThat(err).hasLineCount(1);
      return JSON.readTree(err).path("code").asText();
    }
  }

  private static Ran run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        Leat.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(status, out.toString(), err.toString());
  }

  private Path shop() throws IOException {
    Path shop = folder.resolve("shop");
    ProjectTemplate.write(shop);
    return shop;
  }

  @Test
  void everyCommandHasHelpWithAnExampleAndSpeaksJson() {
    for (CommandLine command : commands(Leat.commandLine())) {
      String name = command.getCommandName();
      assertThat(command.getCommandSpec().optionsMap()).as(name).containsKey("--help");
      assertThat(command.getCommandSpec().optionsMap()).as(name).containsKey("--json");
      assertThat(String.join("\n", command.getCommandSpec().usageMessage().description()))
          .as(name)
          .contains("Example: leat " + command.getCommandSpec().qualifiedName().substring(5));
    }
  }

  @Test
  void explainSaysThatATableIsOfASource() throws IOException {
    String shop = shop().toString();
    assertThat(run("explain", shop, "Visits").err())
        .contains("visits is read from source web", "stands at sources/web.yaml:");
    assertThat(run("explain", shop, "visit").err()).contains("There is no table visit.");
  }

  private static List<CommandLine> commands(CommandLine of) {
    return of.getSubcommands().values().stream()
        .filter(command -> !command.getCommandName().equals("help"))
        .flatMap(command ->
            command.getSubcommands().isEmpty()
                ? List.of(command).stream()
                : commands(command).stream())
        .toList();
  }

  @Test
  void initAndValidate() throws IOException {
    Path shop = folder.resolve("a \"quoted\" shop");
    Ran made = run("init", shop.toString(), "--json");
    assertThat(made.status()).isEqualTo(Leat.DONE);
    assertThat(made.answer().path("folder").asText()).isEqualTo(shop.toString());
    assertThat(made.answer().path("files")).hasSize(7);
    Ran again = run("init", shop.toString(), "--json");
    assertThat(again.status()).isEqualTo(Leat.WRONG_USE);
    assertThat(again.error()).isEqualTo("LEAT-8001");

    Ran valid = run("validate", shop.toString(), "--json");
    assertThat(valid.status()).isEqualTo(Leat.DONE);
    assertThat(valid.answer().path("valid").asBoolean()).isTrue();
    assertThat(run("validate", shop.toString()).out())
        .contains("is valid: 1 source, 2 tables, 1 dashboard\n");
    Files.writeString(shop.resolve("metrics/web.yaml"), "tabel: page_visits\n");
    Ran faulty = run("validate", shop.toString(), "--json");
    assertThat(faulty.status()).isEqualTo(Leat.NO);
    assertThat(faulty.answer().path("valid").asBoolean()).isFalse();
    assertThat(faulty.answer().path("faults").path(0).path("file").asText())
        .isEqualTo("dashboards/web.yaml");
    assertThat(run("run", shop.toString(), "--json").status()).isEqualTo(Leat.FAILED);
  }

  @Test
  void wrongUse() throws IOException {
    String shop = shop().toString();
    for (String[] wrong :
        new String[][] {
          {"run", "--json"},
          {"query", shop, "--json"},
          {"query", shop, "SELECT 1", "--epoch", "x", "--json"},
          {"status", shop, "--jsn", "--json"},
          {"status", shop, "--profile", "lapto", "--json"},
          {"simulate", shop, "nothing", "--json"},
          {"simulate", shop, "visits", "--rate", "0", "--json"},
          {"simulate", shop, "visits", "--late", "101", "--json"},
          {"simulate", shop, "visits", "--duplicates", "101", "--json"},
          {"simulate", shop, "visits", "--seconds", "-1", "--json"},
          {"quarantine", "list", shop, "--limit", "-1", "--json"},
          {"up", shop, "--port", "70000", "--json"},
          {"init", Path.of(shop, "leat.yaml", "x").toString(), "--json"},
          {"run", folder.resolve("nowhere").toString(), "--json"}
        }) {
      Ran ran = run(wrong);
      assertThat(ran.status()).as(String.join(" ", wrong) + ran.err()).isEqualTo(Leat.WRONG_USE);
      assertThat(ran.error()).startsWith("LEAT-");
    }
    assertThat(run("quarantine", "replay", "--json").err())
        .contains("See leat quarantine replay --help.");
    assertThat(run("quarantine").status()).isEqualTo(Leat.WRONG_USE);
    assertThat(run("statsu", shop).err()).contains("Did you mean", "status");
    assertThat(run("statsu", shop).status()).isEqualTo(Leat.WRONG_USE);
  }

  @Test
  void beforeAndAfterTheFirstEpoch() throws IOException {
    Path project = shop();
    String shop = project.toString();
    assertThat(run("status", shop, "--json").status()).isEqualTo(Leat.NO);
    assertThat(run("prove", shop, "--json").status()).isEqualTo(Leat.FAILED);
    assertThat(run("prove", shop, "--json").error()).isEqualTo("LEAT-5002");
    assertThat(run("query", shop, "SELECT 1", "--json").error()).isEqualTo("LEAT-5002");
    assertThat(run("quarantine", "list", shop, "--json").error()).isEqualTo("LEAT-5002");
    assertThat(run("simulate", shop, "visits", "--json").error()).isEqualTo("LEAT-4001");

    Ran first = run("run", shop, "--json");
    assertThat(first.status()).isEqualTo(Leat.DONE);
    assertThat(first.answer().path("epoch").asLong()).isEqualTo(1);
    assertThat(first.answer().path("published").asBoolean()).isTrue();
    assertThat(run("run", shop, "--json").answer().path("published").asBoolean()).isFalse();

    Files.writeString(project.resolve(".leat/address"), ""); // as a power cut may leave it
    Files.writeString(project.resolve(".leat/token"), "t");
    JsonNode status = run("status", shop, "--json").answer();
    assertThat(status.path("up").asBoolean()).isFalse();
    assertThat(status.path("epoch").asLong()).isEqualTo(1);
    assertThat(status.path("sources").path(0).path("lag").isNull()).as("unknown").isTrue();
    assertThat(run("query", shop, "SELEC 1", "--json").error()).isEqualTo("LEAT-2001");
    for (String format : List.of("csv", "parquet")) {
      Path nowhere = folder.resolve("nowhere/rows." + format);
      Ran unwritten =
          run(
              "query",
              shop,
              "SELECT 1 AS one",
              "--output",
              nowhere.toString(),
              "--format",
              format,
              "--json");
      assertThat(unwritten.error()).as(format).isEqualTo("LEAT-8003");
    }
    assertThat(run("quarantine", "list", shop, "--json").out()).isEmpty();
    assertThat(run("quarantine", "drop", shop, "x", "--json").error()).isEqualTo("LEAT-1005");

    Ran proof = run("prove", shop, "page_visits", "--json");
    assertThat(proof.status()).isEqualTo(Leat.DONE);
    assertThat(proof.answer().path("equal").asBoolean()).isTrue();
    Ran unknown = run("prove", shop, "page_visit");
    assertThat(unknown.status()).isEqualTo(Leat.WRONG_USE);
    assertThat(unknown.err()).contains("Did you mean `page_visits`?");
    assertThat(run("query", shop, "SELECT 1", "--epoch", "99").err())
        .contains("Epoch 99 is not kept. Kept are 1 to", "Name one of those");
    aTableThatIsNotFilledYet(project);
  }

  @Test
  void parquetGoesToAnyFileAndMayBeSentOn() throws Exception {
    String shop = shop().toString();
    assertThat(run("run", shop, "--json").status()).isEqualTo(Leat.DONE);
    Path file = Files.writeString(folder.resolve("rows.parquet"), "what was there before");
    for (String sql : List.of("SELECT 1 AS one", "SELECT 1 AS one FROM visits")) {
      Ran written = run("query", shop, sql, "--format", "parquet", "--output", file.toString());
      assertThat(written.err()).isEmpty();
      assertParquet(Files.readAllBytes(file));
    }
    try (Commands leat = new Commands()) {
      Process query = leat.start(folder, "query", shop, "SELECT 1 AS one", "--format", "parquet");
      byte[] sent = query.getInputStream().readAllBytes();
      assertThat(query.waitFor()).as(new String(sent, UTF_8)).isZero();
      assertParquet(sent);
    }
  }

  private static void assertParquet(byte[] file) {
    assertThat(new String(file, ISO_8859_1)).startsWith("PAR1").endsWith("PAR1").contains("one");
  }

  @Test
  void aSimulationLastsAsLongAsItsProcess() throws Exception {
    assertThat(Simulations.due(Duration.ofDays(400).toNanos(), 1_000_000))
        .isEqualTo(400L * 24 * 60 * 60 * 1_000_000);
    assertThat(Simulations.due(250_000_000, 10)).isEqualTo(2);
    SourceTable visits =
        Simulations.table(
            ProjectReader.read(shop(), "laptop", Variables.ofProcess()).project().orElseThrow(),
            "visits");
    try (Log away = Log.connect("127.0.0.1:1")) {
      Simulations.Rate rate = Simulations.Rate.of(100, 0, 0, 1);
      assertThatThrownBy(() -> Simulations.send(visits, Map.of(), rate, away, () -> true))
          .isInstanceOf(LeatException.class)
          .hasMessageContaining("LEAT-4001");
    }
  }

  @Test
  void bytesThatAreNoTextAreListedWhole() throws IOException {
    Files.writeString(folder.resolve("leat.yaml"), "name: shop\n");
    Files.writeString(
        Files.createDirectories(folder.resolve("sources")).resolve("shop.yaml"),
        "kind: files\ntables:\n  items: {path: 'items.ndjson', columns: {id: bigint not null}}\n");
    Path items = folder.resolve("items.ndjson");
    byte[] broken = {'{', '"', (byte) 0xFF, (byte) 0xFE, '"', '}', '\n'};
    Files.write(items, broken);
    Files.setLastModifiedTime(items, FileTime.from(Instant.now().minusSeconds(60)));
    run("run", folder.toString(), "--json");
    Ran listed = run("quarantine", "list", folder.toString(), "--json");
    String raw = listed.answer().path("raw").asText();
    assertThat(raw).startsWith("base64:");
    assertThat(Base64.getDecoder().decode(raw.substring(7))).startsWith(Arrays.copyOf(broken, 6));
  }

  @Test
  void aPortThatIsTakenIsToldBeforeAnythingIsFilled() throws IOException {
    Path shop = shop();
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Ran ran = run("up", shop.toString(), "--port", port, "--json");
      assertThat(ran.status()).isEqualTo(Leat.WRONG_USE);
      assertThat(ran.error()).isEqualTo("LEAT-8001");
      assertThat(ran.err()).contains(port, "--port");
    }
    assertThat(run("status", shop.toString(), "--json").status()).isEqualTo(Leat.NO);
  }

  private static void aTableThatIsNotFilledYet(Path shop) throws IOException {
    Path sql = shop.resolve("tables/marts/web/pages_by_day.sql");
    String text = Files.readString(sql);
    String proves = shop.toString();
    for (String changed :
        new String[] {
          text.replace("COUNT(*) AS visits", "COUNT(*) AS visits, MAX(seconds) AS longest"),
          text.replace("COUNT(*) AS visits", "COUNT(*) + 1 AS visits")
        }) {
      Files.writeString(sql, changed);
      assertThat(run("prove", proves, "--json").error()).isEqualTo("LEAT-6007");
      Ran said = run("prove", proves, "pages_by_day");
      assertThat(said.status()).isEqualTo(Leat.FAILED);
      assertThat(said.err()).contains("Run it first: leat run ");
      assertThat(run("prove", proves, "page_visits").status()).isEqualTo(Leat.DONE);
    }
  }
}
