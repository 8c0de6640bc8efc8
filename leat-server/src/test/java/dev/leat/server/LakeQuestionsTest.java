package dev.leat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.BatchBuilder;
import dev.leat.duckdb.DuckDb;
import dev.leat.lake.EpochWriter;
import dev.leat.lake.Lake;
import dev.leat.model.Dashboard;
import dev.leat.model.LeatException;
import dev.leat.model.MetricSet;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions, and the SELECTs of dashboards, over a real lake. */
class LakeQuestionsTest {
  private static final MetricSet SALES = Shop.map().metrics().getFirst();
  private static final DashboardSql.Filter ALL =
      new DashboardSql.Filter(Optional.empty(), Map.of());

  private DuckDb duckDb;
  private Lake lake;
  private LakeQuestions questions;

  @BeforeEach
  void open(@TempDir Path folder) {
    duckDb = DuckDb.open(DuckDb.Settings.reading(folder).withThreads(1));
    lake = Lake.open(folder);
    questions = new LakeQuestions(duckDb, lake);
  }

  @AfterEach
  void close() {
    lake.close();
    duckDb.close();
  }

  private void publish(long number, int month, String country, long cents) {
    BatchBuilder rows = new BatchBuilder(Shop.ORDERS);
    long micros =
        LocalDateTime.of(2026, month, 10, 12, 0).toEpochSecond(ZoneOffset.UTC) * 1_000_000;
    rows.appendValues(1, number, micros, country, "Ships", cents);
    try (EpochWriter writer = lake.begin()) {
      writer.apply("orders", Shop.ORDERS, rows.build());
      writer.commit(Instant.now(), Map.of());
    }
  }

  private List<?> rows(String sql) {
    return questions.ask(sql, OptionalLong.empty(), 100).rows();
  }

  private Dashboard.Panel panel(String title) {
    return Shop.map().dashboards().getFirst().panels().stream()
        .filter(p -> p.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void answersFromTheEpochAskedFor() {
    assertThatThrownBy(() -> rows("SELECT 1 AS one"))
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("LEAT-5002");
    publish(1, 1, "Japan", 1000);
    publish(2, 2, "France", 250);
    String sql = "SELECT COUNT(*) AS n FROM Orders";
    assertThat(rows(sql)).isEqualTo(List.of(List.of(2L)));
    assertThat(questions.ask(sql, OptionalLong.of(1), 100).rows()).isEqualTo(List.of(List.of(1L)));
    Questions.Answer cut = questions.ask("SELECT * FROM orders", OptionalLong.empty(), 1);
    assertThat(cut.rows()).hasSize(1);
    assertThat(cut.complete()).isEqualTo(Questions.Completeness.CUT);
    assertThatThrownBy(() -> rows("SELECT * FROM nowhere")).hasMessageContaining("LEAT-2003");
    assertThatThrownBy(() -> rows("DROP TABLE orders")).hasMessageContaining("LEAT-2");
  }

  @Test
  void answersAreNoLargerThanTheProcessCanHold() {
    publish(1, 1, "x".repeat(1 << 20), 1000);
    for (int month = 2; month <= 12; month++) {
      publish(month, month, "x".repeat(1 << 20), 1000);
    }
    String sql = "SELECT a.country || 'y' AS large FROM orders AS a, orders AS b";
    Questions.Answer cut = questions.ask(sql, OptionalLong.empty(), 144);
    assertThat(cut.rows()).hasSizeBetween(10, 20);
    assertThat(cut.complete()).isEqualTo(Questions.Completeness.CUT);
    Questions.Answer inOrder =
        questions.ask(
            "SELECT order_number, country FROM orders ORDER BY order_number DESC",
            OptionalLong.empty(),
            144);
    assertThat(inOrder.complete()).isEqualTo(Questions.Completeness.ALL);
    assertThat(inOrder.rows()).extracting(List::getFirst).startsWith(12L, 11L, 10L).hasSize(12);
  }

  @Test
  void dashboardsForgetTheAnswersOfEpochsThatWent(@TempDir Path folder) throws Exception {
    publish(1, 1, "Japan", 1000);
    List<WeakReference<Questions.Answer>> given = new CopyOnWriteArrayList<>();
    Questions watched =
        new Questions() {
          @Override
          public long newestEpoch() {
            return questions.newestEpoch();
          }

          @Override
          public Answer ask(String sql, OptionalLong epoch, int limit) {
            Answer answer = questions.ask(sql, epoch, limit);
            given.add(new WeakReference<>(answer));
            return answer;
          }
        };
    Server.Settings settings = new Server.Settings(0, folder.resolve("token"));
    try (Shop shop = new Shop(folder.resolve("shop"));
        Server server = Server.start(settings, Shop.map(), watched, shop, shop, shop);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest data =
          HttpRequest.newBuilder(server.address().resolve("/v1/dashboards/sales/data"))
              .header("Authorization", "Bearer " + Files.readString(settings.tokenFile()).strip())
              .build();
      assertThat(client.send(data, BodyHandlers.ofString()).body()).contains("\"epoch\":1,");
      List<WeakReference<Questions.Answer>> first = List.copyOf(given);
      assertThat(first).isNotEmpty();
      publish(2, 2, "France", 250);
      assertThat(client.send(data, BodyHandlers.ofString()).body()).contains("\"epoch\":2,");
      System.gc();
      assertThat(first).allMatch(answer -> answer.get() == null);
    }
  }

  @Test
  void timesAreWrittenInTheDigitsOfSql() {
    publish(1, 1, "Japan", 1000);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("fa-IR"));
    try {
      DashboardSql.Range year =
          new DashboardSql.Range(
              LocalDateTime.of(2026, 1, 1, 0, 0), LocalDateTime.of(2027, 1, 1, 0, 0));
      DashboardSql.Filter filter = new DashboardSql.Filter(Optional.of(year), Map.of());
      assertThat(rows(DashboardSql.number(SALES, "orders", filter)))
          .isEqualTo(List.of(List.of(1L)));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void answersTheSelectsOfDashboards() {
    publish(1, 1, "Japan", 1000);
    publish(2, 2, "France", 250);
    publish(3, 2, "O'Land", 50);
    assertThat(rows(DashboardSql.bounds(SALES).orElseThrow()))
        .isEqualTo(
            List.of(
                List.of(
                    LocalDateTime.of(2026, 1, 10, 12, 0), LocalDateTime.of(2026, 2, 10, 12, 0))));
    assertThat(rows(DashboardSql.values(SALES, "country")))
        .isEqualTo(List.of(List.of("France"), List.of("Japan"), List.of("O'Land")));
    assertThat(rows(DashboardSql.number(SALES, "revenue", ALL)))
        .isEqualTo(List.of(List.of(new BigDecimal("13.00"))));
    assertThat(rows(DashboardSql.series(SALES, panel("Revenue by month"), ALL)))
        .isEqualTo(
            List.of(
                List.of(LocalDateTime.of(2026, 2, 1, 0, 0), new BigDecimal("3.00")),
                List.of(LocalDateTime.of(2026, 1, 1, 0, 0), new BigDecimal("10.00"))));
    assertThat(rows(DashboardSql.series(SALES, panel("Countries"), ALL)).getFirst())
        .isEqualTo(List.of("Japan", new BigDecimal("10.00")));
    DashboardSql.Range february =
        new DashboardSql.Range(
            LocalDateTime.of(2026, 2, 1, 0, 0), LocalDateTime.of(2026, 3, 1, 0, 0));
    DashboardSql.Filter narrow =
        new DashboardSql.Filter(Optional.of(february), Map.of("country", "O'Land"));
    assertThat(rows(DashboardSql.number(SALES, "orders", narrow))).isEqualTo(List.of(List.of(1L)));
    assertThat(rows(DashboardSql.number(SALES, "revenue", narrow.over(february.previous()))))
        .hasSize(1);
  }
}
