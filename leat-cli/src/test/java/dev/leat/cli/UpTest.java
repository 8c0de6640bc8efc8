package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The whole product as its users have it: the project that {@code init} writes, {@code up} in a
 * process of its own, the page in a real Chromium, events posted to it, and the other commands
 * beside it.
 */
class UpTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String COUNT = "SELECT COUNT(*) AS visits FROM page_visits";

  @TempDir private Path folder;
  private final Commands leat = new Commands();
  private final List<ChromeDriver> browsers = new ArrayList<>();

  @AfterEach
  void stop() {
    browsers.forEach(ChromeDriver::quit);
    leat.close();
  }

  @Test
  void aDashboardShowsWhatSqlAnswersAndFollowsTheEvents() throws Exception {
    assumeTrue(
        Files.exists(CHROMIUM) && Files.exists(DRIVER),
        "skipped: chromium and chromedriver are not installed");
    Path project = folder.resolve("shop");
    ProjectTemplate.write(project);
    withoutSimulation(project.resolve("leat.yaml"));

    Process up = leat.start(folder, "up", project.toString(), "--port", "0");
    URI invitation = Commands.invitation(up);
    String token = Files.readString(project.resolve(".leat/token")).strip();
    post(invitation, token, visit(1), visit(2), visit(3), visit(3));
    await(() -> answer(invitation, token), "3");
    assertThat(leat.output(folder, "query", project.toString(), COUNT, "--format", "csv"))
        .contains("\n3");

    ChromeDriver browser = browser();
    browser.get(invitation.toString());
    await(() -> String.valueOf(browser.getCurrentUrl().contains("token")), "false");
    browser.get(invitation.resolve("/d/web").toString());
    await(() -> number(browser), "3");
    browser.executeScript("window.stayed = true");
    post(invitation, token, visit(4), visit(5));
    await(() -> number(browser), "5");
    assertThat(browser.executeScript("return window.stayed")).isEqualTo(true);
    assertThat(answer(invitation, token)).isEqualTo("5");
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .filteredOn(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .isEmpty();

    up.destroy();
    assertThat(up.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(up.exitValue()).isZero();
    assertThat(leat.output(folder, "prove", project.toString()))
        .contains("page_visits", "pages_by_day");
  }

  private static void withoutSimulation(Path yaml) throws IOException {
    String text = Files.readString(yaml);
    Files.writeString(yaml, text.substring(0, text.indexOf("simulate:")));
  }

  private static String visit(int id) {
    return "{\"visit_id\": \"%d\", \"happened_at\": \"%s\", \"page\": \"/\", \"country\": \"CH\"}"
        .formatted(id, Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  // ---- the API

  private static HttpResponse<String> send(URI to, String token, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(to)
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static void post(URI server, String token, String... visits) throws Exception {
    HttpResponse<String> response =
        send(server.resolve("/v1/events/visits"), token, "[" + String.join(", ", visits) + "]");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
  }

  private static String answer(URI server, String token) {
    try {
      HttpResponse<String> response =
          send(server.resolve("/v1/query"), token, "{\"sql\": \"" + COUNT + "\"}");
      JsonNode rows = new ObjectMapper().readTree(response.body()).path("rows");
      return rows.path(0).path(0).asText();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  // ---- the page

  private ChromeDriver browser() {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage");
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriver browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
            options);
    browsers.add(browser);
    return browser;
  }

  private static String number(ChromeDriver browser) {
    try {
      return browser.findElement(By.cssSelector("[data-measure=visits]")).getText();
    } catch (NoSuchElementException | StaleElementReferenceException _) {
      return ""; // The page is drawing itself.
    }
  }

  private static void await(Supplier<String> seen, String expected) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String last = seen.get();
    while (!last.equals(expected) && System.nanoTime() < end) {
      LockSupport.parkNanos(50_000_000);
      last = seen.get();
    }
    assertThat(last).isEqualTo(expected);
  }
}
