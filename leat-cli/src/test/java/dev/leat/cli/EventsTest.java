package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.connect.Connectors;
import dev.leat.duckdb.DuckDb;
import dev.leat.lake.Lake;
import dev.leat.log.Entry;
import dev.leat.log.Log;
import dev.leat.log.LogReader;
import dev.leat.mill.Mill;
import dev.leat.mill.MillOptions;
import dev.leat.mill.QuarantineDesk;
import dev.leat.mill.Workspace;
import dev.leat.model.Project;
import dev.leat.model.ProjectReader;
import dev.leat.server.LakeQuestions;
import dev.leat.server.ProjectMap;
import dev.leat.server.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events posted over HTTP to a project that is up: what is answered, and what is in the log then.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsTest {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private Path folder;
  private Project project;
  private Workspace workspace;
  private Mill mill;
  private Server server;
  private LogReader log;

  @BeforeAll
  void up(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Files.writeString(folder.resolve("leat.yaml"), "name: shop\n");
    Files.createDirectories(folder.resolve("sources"));
    Files.writeString(
        folder.resolve("sources/web.yaml"),
        """
        kind: http
        tables:
          visits:
            columns: {id: bigint not null, page: varchar, amount: "decimal(10,2)"}
            key: [id]
        """);
    project = ProjectReader.read(folder, "laptop", _ -> Optional.empty()).project().orElseThrow();
    workspace = closing(Workspace.open(project, MillOptions.DEFAULT));
    mill = closing(workspace.mill(workspace.fillWhatIsNew()));
    mill.start();
    server = closing(serve(workspace.log().orElseThrow(), "token"));
    log = closing(workspace.log().orElseThrow().reader("visits"));
  }

  private Server serve(Log into, String token) {
    Path lakeFolder = Workspace.lakeFolder(project);
    Lake lake = closing(Lake.open(lakeFolder));
    DuckDb duck = closing(DuckDb.open(DuckDb.Settings.reading(lakeFolder).withThreads(1)));
    return Server.start(
        new Server.Settings(0, folder.resolve(token)),
        ProjectMap.of(project, workspace.compiled()),
        new LakeQuestions(duck, lake),
        closing(new LiveMill(project, mill, lake)),
        new GatewayEvents(Connectors.events(project, into), workspace::logTrouble),
        new DeskActions(new QuarantineDesk(workspace)));
  }

  private <T extends AutoCloseable> T closing(T part) {
    open.push(part);
    return part;
  }

  @AfterAll
  void down() throws Exception {
    client.close();
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  // ---- what is kept

  /** The answer comes after the log has the events, not before. */
  @Test
  void acceptedEventsAreInTheLog() throws Exception {
    long kept = kept();
    for (int i = 0; i < 10; i++) {
      assertAccepted(post(bytes("{\"id\": 1, \"page\": \"/\"}\n{\"id\": 2}\n")), 2);
      kept += 2;
      assertThat(kept()).isEqualTo(kept);
    }
    assertAccepted(post(bytes("[{\"id\": 3},\n {\"id\": 4}, {\"id\": 5}]")), 3);
    assertAccepted(post(bytes("{\n \"id\": 6,\n \"amount\": 1.5\n}")), 1);
    assertAccepted(post(packed("{\"id\": 7}\n{\"id\": 8}\n"), "Content-Encoding", "gzip"), 2);
    assertAccepted(post(bytes("")), 0);
    assertThat(kept()).isEqualTo(kept + 6);
  }

  private static void assertAccepted(HttpResponse<String> response, int events) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(json(response).path("accepted").asInt()).isEqualTo(events);
  }

  // ---- what is refused

  @Test
  void aBadEventIsNamedByLineAndFieldAndNothingIsKept() throws Exception {
    long kept = kept();
    HttpResponse<String> response =
        post(bytes("{\"id\": 1}\n\n{\"id\": 2, \"amount\": \"much\"}\n{\"page\": \"/\"}\n"));
    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode told = json(response);
    assertThat(told.path("code").asText()).isEqualTo("LEAT-3002");
    assertThat(told.path("line").asInt()).isEqualTo(3);
    assertThat(told.path("field").asText()).isEqualTo("amount");
    assertThat(told.path("message").asText()).contains("Line 3").contains("much");
    assertThat(told.path("faults")).hasSize(2);
    assertThat(told.path("faults").get(1).path("line").asInt()).isEqualTo(4);
    assertThat(told.path("faults").get(1).path("field").asText()).isEqualTo("id");

    for (String body : List.of("{\"id\": 1}\nno json", "[{\"id\": 1}, {\"id\":", "[1]", "7")) {
      HttpResponse<String> bad = post(bytes(body));
      assertThat(bad.statusCode()).as(body + bad.body()).isEqualTo(400);
      assertThat(json(bad).path("line").asInt()).as(body).isPositive();
    }
    byte[] half = packed("{\"id\": 1}\n".repeat(1_000));
    assertThat(post(Arrays.copyOf(half, 30), "Content-Encoding", "gzip").statusCode())
        .isEqualTo(400);
    assertThat(post(bytes("{\"id\": 1}"), "Content-Encoding", "gzip").statusCode()).isEqualTo(400);
    assertThat(kept()).isEqualTo(kept);
  }

  @Test
  void whatIsTooLargeIsRefusedAndNothingIsKept() throws Exception {
    long kept = kept();
    String small = "{\"id\": 1}\n";
    byte[] long16 = bytes(small + " ".repeat(16 << 20));
    assertTooLarge(post(long16), "16 MB");
    assertTooLarge(post(packed(small + " ".repeat(16 << 20)), "Content-Encoding", "gzip"), "16 MB");
    String wide = "{\"id\": 2, \"page\": \"" + "x".repeat(1 << 20) + "\"}\n";
    assertTooLarge(post(bytes(small + wide)), "1 MB");
    assertThat(kept()).isEqualTo(kept);
  }

  private static void assertTooLarge(HttpResponse<String> response, String limit)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(413);
    assertThat(json(response).path("code").asText()).isEqualTo("LEAT-3005");
    assertThat(json(response).path("message").asText()).contains(limit);
  }

  // ---- what cannot be taken now

  @Test
  void underOverloadItSaysWhenToTryAgainAndKeepsNothing() throws Exception {
    Log own = workspace.log().orElseThrow();
    own.create("others", Duration.ofDays(1));
    byte[] request = bytes(("{\"id\": 1, \"page\": \"" + "x".repeat(900_000) + "\"}\n").repeat(8));
    AtomicBoolean enough = new AtomicBoolean();
    Thread others =
        Thread.ofVirtual()
            .start(() -> {
              byte[] noise = new byte[500_000];
              new Random(1).nextBytes(noise);
              while (!enough.get()) {
                own.append("others", Entry.NO_KEY, noise); // until there is no room, and again
                Thread.yield();
              }
            });
    int accepted = 0;
    long kept = kept();
    Optional<HttpResponse<String>> refused = Optional.empty();
    try {
      long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (refused.isEmpty() && System.nanoTime() < deadline) {
        HttpResponse<String> response = post(request);
        switch (response.statusCode()) {
          case 202 -> accepted++;
          case 429 -> refused = Optional.of(response);
          default -> throw new AssertionError(response.body());
        }
      }
    } finally {
      enough.set(true);
      others.join();
    }
    assertThat(refused).isPresent();
    assertThat(json(refused.get()).path("code").asText()).isEqualTo("LEAT-3004");
    assertThat(refused.get().headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
    assertThat(kept()).isEqualTo(kept + 8L * accepted);
    List<Integer> later = new ArrayList<>();
    while (!later.contains(202)) {
      later.add(post(bytes("{\"id\": 1}")).statusCode());
      assertThat(later).containsAnyOf(202, 429);
    }
  }

  @Test
  void withoutALogItSaysThatItIsUnavailable() throws Exception {
    try (Log nowhere = Log.connect("127.0.0.1:1");
        Server other = serve(nowhere, "other")) {
      HttpResponse<String> response = post(other, "other", bytes("{\"id\": 1}"));
      assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
      assertThat(json(response).path("code").asText()).isEqualTo("LEAT-4001");
      assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
    }
  }

  // ---- all of them

  private long kept() {
    return log.end().getOrDefault(0, 0L);
  }

  private HttpResponse<String> post(byte[] body, String... headers) throws Exception {
    return post(server, "token", body, headers);
  }

  private HttpResponse<String> post(Server to, String token, byte[] body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to.address().resolve("/v1/events/visits"))
            .header("Authorization", "Bearer " + Files.readString(folder.resolve(token)).strip())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(bytes(text));
    }
    return bytes.toByteArray();
  }
}
