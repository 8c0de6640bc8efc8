package dev.leat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerTest {
  private static final String ORDER =
      "{\"order_number\": 5001, \"country\": \"Japan\", \"amount\": 10.25}";

  private final HttpClient client = HttpClient.newHttpClient();
  private Shop shop;
  private Server server;
  private String token;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    shop = new Shop(folder.resolve("lake"));
    Path file = folder.resolve(".leat/token");
    server = Server.start(new Server.Settings(0, file), Shop.map(), shop, shop, shop, shop);
    token = Files.readString(file).strip();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @AfterAll
  void stop() {
    server.close();
    client.close();
    shop.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.address().resolve(path));
  }

  private HttpRequest.Builder machine(String path) {
    return request(path).header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode json(HttpResponse<String> response) throws IOException {
    return Json.mapper().readTree(response.body());
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> response = send(machine(path));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(machine(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void everyRouteButHealthNeedsAnInvitation() throws Exception {
    assertThat(send(request("/health")).statusCode()).isEqualTo(200);
    for (String path :
        new String[] {
          "/", "/v1/status", "/v1/live", "/metrics", "/page/app.js", "/d/sales", "/v1/nothing"
        }) {
      HttpResponse<String> response = send(request(path));
      assertThat(response.statusCode()).as(path).isEqualTo(401);
      assertThat(json(response).path("code").asText()).isEqualTo("LEAT-7002");
    }
    assertThat(send(request("/v1/status").header("Authorization", "Bearer x")).statusCode())
        .isEqualTo(401);
    assertThat(send(request("/").header("Accept", "text/html")).body()).contains("invitation");
  }

  @Test
  void rowsLeaveTheQuarantineForWhoHasTheToken() throws Exception {
    String replay = "/v1/quarantine/replay";
    assertThat(post(replay, "{\"ids\": [\"a\", \"b\"]}").statusCode()).isEqualTo(202);
    String corrected = "{\"ids\": [\"a\"], \"record\": \"{}\"}";
    assertThat(post(replay, corrected).statusCode()).isEqualTo(202);
    assertThat(post("/v1/quarantine/drop", "{\"ids\": [\"b\"]}").statusCode()).isEqualTo(202);
    assertThat(shop.asked).containsExactly("replay [a, b]", "correct a {}", "drop [b]");

    HttpResponse<String> bad = post(replay, "{\"ids\": [\"bad\"]}");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(json(bad).path("code").asText()).isEqualTo("LEAT-3002");
    for (String body :
        new String[] {
          "",
          "[",
          "{\"ids\": []}",
          "{\"ids\": [\"a\"], \"record\": {}}",
          "{\"ids\": [\"a\"], \"recordBase64\": 7}"
        }) {
      assertThat(post(replay, body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(post(replay, corrected.replace("\"a\"", "\"a\", \"b\"")).body())
        .contains("LEAT-7001", "goes with one id");
    assertThat(
            send(request(replay).POST(HttpRequest.BodyPublishers.ofString(corrected))).statusCode())
        .isEqualTo(401);
    assertThat(shop.asked).hasSize(3);
  }

  @Test
  void anInvitationOpensOneSession() throws Exception {
    URI invitation = server.invitation();
    HttpResponse<String> first = send(HttpRequest.newBuilder(invitation));
    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(first.headers().firstValue("Location")).contains("/");
    String cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
    String session = cookie.substring(0, cookie.indexOf(';'));
    HttpResponse<String> page = send(request("/").header("Cookie", session));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<leat-app>").contains("\"lit\":");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(send(HttpRequest.newBuilder(invitation)).statusCode()).isEqualTo(401);
  }

  @Test
  void aForgedRequestIsRefused() throws Exception {
    HttpResponse<String> other =
        send(machine("/v1/status").header("Origin", "http://evil.example"));
    assertThat(other.statusCode()).isEqualTo(401);
    assertThat(raw("Host: evil.example\r\n")).startsWith("HTTP/1.1 401");
    assertThat(raw("Host: localhost:" + server.address().getPort() + "\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  private String raw(String headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.address().getPort());
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      socket.setSoTimeout(10_000);
      String request = "GET /health HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n";
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.UTF_8);
    }
  }

  @Test
  void answersSql() throws Exception {
    HttpResponse<String> response =
        post(
            "/v1/query",
            "{\"sql\": \"SELECT 1.50 AS a, CAST(NULL AS VARCHAR) AS b, 'x' AS c\", \"limit\": 5}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("ETag")).isPresent();
    JsonNode answer = json(response);
    assertThat(answer.path("epoch").asLong()).isPositive();
    assertThat(answer.path("rows").get(0).get(0).decimalValue()).isEqualByComparingTo("1.50");
    assertThat(answer.path("rows").get(0).get(1).isNull()).isTrue();
    assertThat(answer.path("columns").get(2).path("type").asText()).isEqualTo("VARCHAR");
    JsonNode cut = json(post("/v1/query", "{\"sql\": \"SELECT * FROM orders\", \"limit\": 5}"));
    assertThat(cut.path("rows")).hasSize(5);
    assertThat(cut.path("complete").asBoolean()).isFalse();
  }

  @Test
  void wrongQuestionsAreTold() throws Exception {
    for (String body :
        new String[] {
          "",
          "{",
          "{}",
          "{\"sql\": 1}x",
          "{\"sql\": \"SELECT 1\", \"limit\": -1}",
          "{\"sql\": \"SELECT 1\", \"epoch\": \"one\"}",
          "{\"sql\": \"SELECT 1\", \"epoch\": 1.5}",
          "{\"sql\": \"SELECT 1\", \"epoch\": 1e30}",
          "{\"sql\": \"SELECT 1\", \"epoch\": [1]}"
        }) {
      HttpResponse<String> response = post("/v1/query", body);
      assertThat(response.statusCode()).as(body + response.body()).isEqualTo(400);
      assertThat(json(response).path("code").asText()).isEqualTo("LEAT-7001");
    }
    JsonNode first = json(post("/v1/query", "{\"sql\": \"SELECT 1\", \"epoch\": \"1\"}"));
    assertThat(first.path("epoch").asLong()).isEqualTo(1);
    HttpResponse<String> missing = post("/v1/query", "{\"sql\": \"SELECT 1\", \"epoch\": 99999}");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(json(missing).path("code").asText()).isEqualTo("LEAT-5002");
  }

  @Test
  void describesTheProject() throws Exception {
    JsonNode project = get("/v1/project");
    assertThat(project.path("relations")).hasSize(3);
    assertThat(project.path("dashboards").get(0).path("reads").get(0).asText()).isEqualTo("orders");
    JsonNode table = get("/v1/tables/REVENUE_by_country");
    assertThat(table.path("columns").get(1).path("from").get(0).path("column").asText())
        .isEqualTo("amount");
    assertThat(get("/v1/tables/orders").path("readBy").get(0).asText())
        .isEqualTo("revenue_by_country");
    assertThat(get("/v1/tables/orders/rows?limit=3").path("rows")).hasSize(3);
    assertThat(send(machine("/v1/tables/nothing")).statusCode()).isEqualTo(404);
    JsonNode kept = get("/v1/quarantine");
    assertThat(kept.path("rows").get(0).get(4).asText()).contains("twelve");
  }

  private HttpResponse<String> encoded(String encoding, byte[] body) throws Exception {
    return send(
        machine("/v1/events/orders")
            .header("Content-Encoding", encoding)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  @Test
  void aPortThatSomebodyTookMeanwhileIsTold(@TempDir Path other) {
    Server.Settings settings =
        new Server.Settings(server.address().getPort(), other.resolve("token"));
    assertThatThrownBy(() -> Server.start(settings, Shop.map(), shop, shop, shop, shop))
        .hasMessageContaining("LEAT-8001")
        .hasMessageContaining("--port 0");
  }

  @Test
  void takesEventsWholeOrNotAtAll() throws Exception {
    long before = shop.status().sources().getFirst().rows();
    HttpResponse<String> accepted = post("/v1/events/orders", ORDER + "\n" + ORDER + "\n");
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    assertThat(json(accepted).path("accepted").asLong()).isEqualTo(2);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(ORDER.getBytes(StandardCharsets.UTF_8));
    }
    HttpResponse<String> zipped = encoded("gzip", packed.toByteArray());
    assertThat(zipped.statusCode()).as(zipped.body()).isEqualTo(202);
    HttpResponse<String> refused =
        post("/v1/events/orders", ORDER + "\n{\"order_number\": 1, \"amount\": \"x\"}\n");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).path("line").asLong()).isEqualTo(2);
    assertThat(json(refused).path("faults").get(0).path("field").asText()).isEqualTo("amount");
    assertThat(shop.status().sources().getFirst().rows()).isEqualTo(before + 3);
    assertThat(post("/v1/events/Orders", ORDER).body()).contains("Did you mean `orders`?");
    assertThat(send(machine("/v1/events/orders")).statusCode()).isEqualTo(405);
    HttpResponse<String> xml =
        send(
            machine("/v1/events/orders")
                .header("Content-Type", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofString("<a/>")));
    assertThat(xml.statusCode()).isEqualTo(415);
    HttpResponse<String> loud = encoded("GZIP", packed.toByteArray());
    assertThat(loud.statusCode()).as(loud.body()).isEqualTo(202);
    HttpResponse<String> brotli = encoded("br", packed.toByteArray());
    assertThat(brotli.statusCode()).isEqualTo(415);
    assertThat(json(brotli).path("message").asText()).contains("gzip, not br");
  }

  @Test
  void aDashboardAgreesWithSql() throws Exception {
    JsonNode data = get("/v1/dashboards/sales/data?country=France&last=90d");
    assertThat(data.path("panels")).hasSize(7);
    for (JsonNode panel : data.path("panels")) {
      assertThat(panel.has("error")).as(panel.toString()).isFalse();
      assertThat(panel.path("rows").isEmpty()).as(panel.toString()).isFalse();
    }
    String sql =
        "SELECT CAST(SUM(amount) AS DECIMAL(18,2)) FROM orders WHERE country = 'France' AND"
            + " ordered_at >= TIMESTAMP '"
            + data.path("from").asText().replace('T', ' ')
            + "'";
    JsonNode answer = json(post("/v1/query", Json.text(Json.object().put("sql", sql))));
    JsonNode revenue = data.path("panels").get(0);
    assertThat(revenue.path("rows").get(0).get(0)).isEqualTo(answer.path("rows").get(0).get(0));
    assertThat(revenue.path("previous").get(0).get(0).isNumber()).isTrue();
    assertThat(data.path("dimensions").path("country")).hasSize(5);
  }

  @Test
  void aDashboardThatHasNotChangedIsNotSentAgain() throws Exception {
    HttpResponse<String> first = send(machine("/v1/dashboards/sales/data"));
    String tag = first.headers().firstValue("ETag").orElseThrow();
    if (shop.newestEpoch()
        == Long.parseLong(first.headers().firstValue("Leat-Epoch").orElseThrow())) {
      assertThat(
              send(machine("/v1/dashboards/sales/data").header("If-None-Match", tag)).statusCode())
          .isEqualTo(304);
    }
    assertThat(send(machine("/v1/dashboards/sales/data?from=2025-02-30")).statusCode())
        .isEqualTo(400);
    JsonNode quoted = get("/v1/dashboards/sales/data?country=%27%20OR%201%3D1%20--");
    assertThat(quoted.path("panels").get(1).path("rows").get(0).get(0).asLong()).isZero();
  }

  @Test
  void aSenderThatGoesAwayIsNoFaultOfTheServer() throws Exception {
    for (String body : new String[] {"Content-Length: 99", "Transfer-Encoding: chunked"}) {
      for (String path : new String[] {"/v1/events/orders", "/v1/query"}) {
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
          OutputStream out = socket.getOutputStream();
          out.write(
              ("POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n5\r\n{\"id\"")
                  .formatted(path, token, body)
                  .getBytes(StandardCharsets.US_ASCII));
          socket.shutdownOutput();
          String answer =
              new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
          assertThat(answer).as(path).startsWith("HTTP/1.1 400").contains("LEAT-7001");
        }
      }
    }
  }

  @Test
  void aDashboardIsAskedForAnyTime() throws Exception {
    String data = "/v1/dashboards/sales/data?";
    String all = get(data).path("panels").get(0).path("rows").toString();
    for (String time : new String[] {"to=9999-12-31", "last=99999y", "from=0001-01-01"}) {
      JsonNode revenue = get(data + time).path("panels").get(0);
      assertThat(revenue.has("error")).as(time + revenue).isFalse();
      assertThat(revenue.path("rows").toString()).as(time).isEqualTo(all);
    }
    for (String time :
        new String[] {"from=%2B999999999-12-31T23:59:59", "from=-0044-03-15T12:00:00"}) {
      HttpResponse<String> refused = send(machine(data + time));
      assertThat(refused.statusCode()).as(time + refused.body()).isEqualTo(400);
    }
  }

  @Test
  void servesThePageAndItsLibraries() throws Exception {
    String page = send(machine("/")).body();
    String map = page.substring(page.indexOf("{\"imports\""), page.indexOf("</script>"));
    JsonNode imports = Json.mapper().readTree(map).path("imports");
    for (String module : new String[] {"lit", "echarts", "lit-html", "@lit/reactive-element"}) {
      HttpResponse<String> response = send(machine(imports.path(module).asText()));
      assertThat(response.statusCode()).as(module).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/javascript");
    }
    assertThat(send(machine("/page/style.css")).statusCode()).isEqualTo(200);
    for (String path :
        new String[] {
          "/page/../Server.class", "/page/%2e%2e/Server.class", "/page/none.js", "/_static/x.txt"
        }) {
      assertThat(send(machine(path)).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void tellsTheStatusAsItChanges() throws Exception {
    assertThat(get("/v1/status").path("freshness").path("p99Millis").asDouble()).isEqualTo(610);
    long rows = shop.status().sources().getFirst().rows();
    assertThat(send(machine("/metrics")).body())
        .contains("leat_freshness_seconds{quantile=\"0.99\"} 0.61")
        .contains("leat_source_rows{table=\"orders\"} " + rows + "\n")
        .contains("leat_source_rows_total{table=\"orders\"} " + (rows + 7) + "\n");
    HttpResponse<InputStream> live =
        client.send(machine("/v1/live").build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(live.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    try (var lines =
        new BufferedReader(new InputStreamReader(live.body(), StandardCharsets.UTF_8))) {
      JsonNode first = event(lines);
      post("/v1/events/orders", ORDER);
      JsonNode next = event(lines);
      while (next.path("epoch").asLong() <= first.path("epoch").asLong()) {
        next = event(lines);
      }
      assertThat(next.path("sources").get(0).path("rows").asLong())
          .isGreaterThan(first.path("sources").get(0).path("rows").asLong());
    }
  }

  private static JsonNode event(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith("data:")) {
      line = lines.readLine();
    }
    assertThat(line).isNotNull();
    return Json.mapper().readTree(line.substring("data:".length()));
  }
}
