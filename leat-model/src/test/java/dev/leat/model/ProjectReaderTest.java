package dev.leat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads folders that stand as text files in {@code folders/}, each with the problems to be told.
 */
class ProjectReaderTest {
  static final Path CASES = Path.of("src/test/resources/dev/leat/model/folders");
  private static final Map<String, String> ENVIRONMENT =
      Map.of("SHOP_USER", "reader", "SHOP_PASSWORD", "s3cr3t-value");

  @TempDir private Path folder;

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tellsEveryProblemOfAFolder(Path file) throws IOException {
    FolderCase folderCase = FolderCase.read(file);
    Reading reading = read(folderCase);
    String found =
        reading.problems().stream()
            .map(p -> p.toString().replace(folder.toString(), "FOLDER") + "\n")
            .collect(Collectors.joining());
    assertThat(found).doesNotContain("s3cr3t-value");
    if (Boolean.getBoolean("leat.accept")) {
      folderCase.accept(found);
    } else {
      assertThat(found).isEqualTo(folderCase.expected());
    }
    assertThat(reading.project().isPresent()).isEqualTo(found.isEmpty());
  }

  private Reading read(FolderCase folderCase) throws IOException {
    return ProjectReader.read(
        folderCase.writeTo(folder), ProjectReader.DEFAULT_PROFILE, Variables.of(ENVIRONMENT));
  }

  private Project wheels() throws IOException {
    return read(FolderCase.read(CASES.resolve("valid-wheels.txt"))).orThrow();
  }

  @Test
  void readsWhatAProjectSays() throws IOException {
    Project project = wheels();
    assertThat(project.name()).isEqualTo("wheels");
    assertThat(project.teams())
        .containsExactly(Map.entry("sales", new Team("sales", "sales@example.com")));
    assertThat(project.epoch()).isEqualTo(new Cadence(Duration.ofSeconds(1)));
    assertThat(project.objectives().availabilityPercent().orElseThrow()).isEqualTo("99.9");
    assertThat(project.objectives().budgetCurrency()).contains("USD");
    assertThat(project.simulations())
        .containsExactly(
            new Simulation(
                "clicks",
                new Location("leat.yaml", 6, 12),
                20,
                5,
                2,
                Map.of("url", "SELECT url FROM pages")));
    assertThat(project.profile().engine().memory()).contains("2GB");
    assertThat(project.profile().fleet())
        .isEqualTo(new Profile.FleetChoice(2, 4, List.of("a", "b")));
    assertThat(project.profile().lake())
        .isEqualTo(new Profile.LakeChoice.Local(folder.toAbsolutePath().resolve(".leat/lake")));
  }

  @Test
  void readsWhatASourceSays() throws IOException {
    Project project = wheels();
    var shop = (Source.Jdbc) source(project, "shop");
    assertThat(shop.password()).contains(new Secret("s3cr3t-value"));
    assertThat(shop.toString()).doesNotContain("s3cr3t-value");
    SourceTable orders = shop.tables().getFirst();
    assertThat(orders.remote()).contains("public.orders");
    assertThat(orders.every()).contains(Duration.ofMinutes(10));
    assertThat(orders.columns())
        .contains(
            Schema.of(
                Column.required("order_number", Type.INTEGER),
                Column.required("updated_at", Type.TIMESTAMP)));

    var invoices = (Source.Files) source(project, "invoices");
    assertThat(invoices.path()).isEqualTo("data/invoices/*.csv.gz");
    SourceTable lines = invoices.tables().getFirst();
    assertThat(lines.columns().orElseThrow().column(3))
        .isEqualTo(Column.optional("UnitPrice", Type.decimal(10, 2)));
    assertThat(lines.classes())
        .containsExactly(Map.entry("CustomerID", SourceTable.DataClass.PSEUDONYMOUS));

    assertThat(source(project, "clicks").tables().getFirst().retain()).contains(Duration.ofDays(7));
    SourceTable ratings = source(project, "topics").tables().getFirst();
    assertThat(ratings.remote()).contains("shop.ratings");
    assertThat(((SourceTable.Encoding.Avro) ratings.encoding()).schemaJson()).contains("rating");
  }

  private static Source source(Project project, String name) {
    return project.sources().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void keepsEveryCharacterOfATablesSqlInItsPlace() throws IOException {
    TableDefinition revenue = wheels().tables().getFirst();
    assertThat(revenue.name()).isEqualTo("revenue");
    assertThat(revenue.layer()).isEqualTo("marts");
    assertThat(revenue.mart()).contains("sales");
    assertThat(revenue.publish()).isTrue();
    assertThat(revenue.key()).containsExactly("country", "day");
    assertThat(revenue.sql().lines().toList().get(6)).startsWith("SELECT country,");
    assertThat(revenue.sql().lines().limit(6)).allMatch(String::isBlank);
    TableDefinition warehouse = wheels().tables().get(1);
    assertThat(warehouse.publish()).isFalse();
    assertThat(warehouse.mart()).isEmpty();
  }

  @Test
  void theExampleIsValid() {
    Reading wheels =
        ProjectReader.read(
            Path.of("../examples/wheels"), ProjectReader.DEFAULT_PROFILE, Variables.of(Map.of()));
    assertThat(wheels.problems()).isEmpty();
  }

  @Test
  void readsMetricsAndDashboards() throws IOException {
    Project project = wheels();
    MetricSet metrics = project.metrics().getFirst();
    assertThat(metrics.measures()).containsOnlyKeys("revenue", "orders");
    assertThat(metrics.dimensions().keySet()).containsExactly("country", "product_line");
    Dashboard dashboard = project.dashboards().getFirst();
    assertThat(dashboard.filters()).containsExactly("time", "country");
    assertThat(dashboard.panels())
        .extracting(Dashboard.Panel::kind)
        .containsExactly(
            Dashboard.Kind.NUMBER, Dashboard.Kind.LINE, Dashboard.Kind.BAR, Dashboard.Kind.TABLE);
    assertThat(dashboard.panels().get(2).limit()).hasValue(10);
  }

  @Test
  void namesTheProfilesThereAre() throws IOException {
    FolderCase wheels = FolderCase.read(CASES.resolve("valid-wheels.txt"));
    Reading reading =
        ProjectReader.read(wheels.writeTo(folder), "lapto", Variables.of(ENVIRONMENT));
    assertThat(reading.problems())
        .extracting(Problem::toString)
        .containsExactly("LEAT-1005 leat.yaml has no profile `lapto`. Did you mean `laptop`?");
    assertThatThrownBy(reading::orThrow).isInstanceOf(LeatException.class);
  }

  @Test
  void takesSecretsFromAFileOutsideTheFolder() throws IOException {
    Path secrets = folder.resolve("secrets");
    Files.writeString(secrets, "# ours\nPASSWORD = x=y\n");
    var variables = Variables.of(Map.of(Variables.SECRETS_FILE, secrets.toString()));
    assertThat(variables.apply("PASSWORD")).contains("x=y");
    assertThat(variables.apply("# ours")).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> Variables.of(Map.of(Variables.SECRETS_FILE, "/no/such/file")))
        .hasMessageContaining("LEAT-1007")
        .hasMessageContaining("/no/such/file");
  }

  @Test
  void anEmptyPasswordIsOne() throws IOException {
    Files.writeString(folder.resolve("leat.yaml"), "name: x\n");
    Files.createDirectories(folder.resolve("sources"));
    String database = "kind: jdbc\nurl: jdbc:hsqldb:mem:x\nuser: SA\ntables: {%s: {}}\n%s";
    Files.writeString(
        folder.resolve("sources/a.yaml"), database.formatted("a", "password: \"\"\n"));
    Files.writeString(
        folder.resolve("sources/b.yaml"), database.formatted("b", "password: ${NONE}\n"));
    Files.writeString(folder.resolve("sources/c.yaml"), database.formatted("c", ""));
    Project project =
        ProjectReader.read(folder, "laptop", Variables.of(Map.of("NONE", ""))).orThrow();
    assertThat(project.sources())
        .extracting(source -> ((Source.Jdbc) source).password().map(Secret::reveal))
        .containsExactly(Optional.of(""), Optional.of(""), Optional.empty());
    Files.writeString(folder.resolve("sources/d.yaml"), database.formatted("d", "password:\n"));
    assertThat(ProjectReader.read(folder, "laptop", Variables.of(Map.of("NONE", ""))).problems())
        .extracting(Problem::toString)
        .containsExactly("sources/d.yaml:5:10 LEAT-1004 `password`: expected text, found nothing.");
  }

  @Test
  void noFileOfTablesIsPassedOver() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/deeper"));
    Files.writeString(elsewhere.resolve("linked.sql"), "SELECT 1 AS one");
    Files.writeString(folder.resolve("elsewhere/MARKED.SQL"), "\uFEFFSELECT 1 AS one");
    Path project = Files.createDirectories(folder.resolve("project"));
    Files.writeString(project.resolve("leat.yaml"), "\uFEFFname: x\n");
    Files.createSymbolicLink(project.resolve("tables"), folder.resolve("elsewhere"));
    assertThat(ProjectReader.read(project, "laptop", _ -> Optional.empty()).orThrow().tables())
        .extracting(TableDefinition::name, TableDefinition::sql)
        .containsExactly(tuple("MARKED", "SELECT 1 AS one"), tuple("linked", "SELECT 1 AS one"));
    Files.createSymbolicLink(elsewhere.resolve("gone.sql"), folder.resolve("nowhere"));
    assertThat(ProjectReader.read(project, "laptop", _ -> Optional.empty()).problems())
        .extracting(Problem::toString)
        .singleElement(STRING)
        .startsWith("tables/deeper/gone.sql:1:1 LEAT-1000 The file cannot be read");
    Files.createSymbolicLink(elsewhere.resolve("round"), folder.resolve("elsewhere"));
    assertThat(ProjectReader.read(project, "laptop", _ -> Optional.empty()).problems())
        .extracting(Problem::toString)
        .singleElement(STRING)
        .startsWith("LEAT-1000 The folder");
  }

  @Test
  void anInferredSchemaReadsBackAsItWasWritten() throws IOException {
    var schema =
        Schema.of(
            Column.required("id", Type.BIGINT),
            Column.optional("a \"b\": c", Type.decimal(12, 3)),
            Column.optional("when", Type.TIMESTAMP));
    Files.createDirectories(folder.resolve("sources"));
    Files.writeString(folder.resolve("leat.yaml"), "name: x\n");
    Files.writeString(folder.resolve("sources/s.yaml"), "kind: http\ntables: {t: {}}\n");
    Files.writeString(
        folder.resolve(InferredSchemas.file("s")), InferredSchemas.text(Map.of("t", schema)));
    Project project = ProjectReader.read(folder, "laptop", _ -> Optional.empty()).orThrow();
    assertThat(project.sources().getFirst().tables().getFirst().columns()).contains(schema);
  }
}
