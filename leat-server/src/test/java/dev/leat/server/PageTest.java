package dev.leat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The page in a real Chromium. With {@code -Dleat.screenshots=FOLDER} every view is also
 * photographed: wide, on a phone, in the dark.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Dimension WIDE = new Dimension(1400, 900);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final Duration SETTLED = Duration.ofMillis(900);
  private static final List<String> VIEWS =
      List.of("", "d/sales", "tables/revenue_by_country", "query", "quarantine");

  private Shop shop;
  private Server server;
  private String token;
  private ChromeDriver browser;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    assumeTrue(
        Files.exists(CHROMIUM) && Files.exists(DRIVER),
        "the page is tested where chromium and chromedriver are installed (apt-get install"
            + " chromium chromium-driver)");
    shop = new Shop(folder.resolve("lake"));
    server = server(0, folder.resolve("token"));
    token = Files.readString(folder.resolve("token")).strip();
    browser = browser();
    browser.get(server.invitation().toString());
  }

  private static ChromeDriver browser(String... more) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--lang=en-US");
    options.addArguments(more);
    options.setCapability("goog:loggingPrefs", logs);
    return new ChromeDriver(
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(), options);
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (server != null) {
      server.close();
      shop.close();
    }
  }

  @BeforeEach
  void widen() {
    browser.manage().window().setSize(WIDE);
  }

  @AfterEach
  void theConsoleIsQuiet() {
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .filteredOn(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .isEmpty();
  }

  private void open(String view) {
    browser.get(server.address().resolve("/" + view).toString());
  }

  /** Waits for something that is neither null nor false. */
  private <T> T wait(Function<WebDriver, T> until) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        T found = until.apply(browser);
        if (found != null && !Objects.equals(found, Boolean.FALSE)) {
          return found;
        }
      } catch (StaleElementReferenceException | NoSuchElementException _) {
        // The page has just drawn itself anew.
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    throw new AssertionError("not seen in " + PATIENCE + " at " + browser.getCurrentUrl());
  }

  private WebElement see(String css) {
    return wait(b ->
        b.findElements(By.cssSelector(css)).stream()
            .filter(WebElement::isDisplayed)
            .findFirst()
            .orElse(null));
  }

  private String ask(String sql) {
    open("query");
    WebElement box = see("#sql");
    box.clear();
    box.sendKeys(sql);
    box.sendKeys(Keys.chord(Keys.CONTROL, Keys.ENTER));
    return see("leat-query leat-grid tbody td").getText();
  }

  private void post(String order) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> response =
          client.send(
              HttpRequest.newBuilder(URI.create(server.address() + "v1/events/orders"))
                  .header("Authorization", "Bearer " + token)
                  .POST(HttpRequest.BodyPublishers.ofString(order))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(202);
    }
  }

  @Test
  void theInvitationLeavesTheAddress() {
    assertThat(browser.getCurrentUrl()).doesNotContain("token");
  }

  @Test
  void aDashboardsNumberIsTheSqlAnswerAndFollowsEvents() throws Exception {
    String answer = ask("SELECT COUNT(DISTINCT order_number) AS orders FROM orders");
    open("d/sales");
    assertThat(see("[data-measure=orders]").getText()).isEqualTo(answer);
    long before = Long.parseLong(answer.replace(",", ""));
    ((JavascriptExecutor) browser).executeScript("window.stayed = true");
    post("{\"order_number\": 90001, \"country\": \"Japan\", \"amount\": 10.25}");
    String after = String.format("%,d", before + 1);
    wait(b -> b.findElement(By.cssSelector("[data-measure=orders]")).getText().equals(after));
    assertThat(((JavascriptExecutor) browser).executeScript("return window.stayed"))
        .isEqualTo(true);
  }

  @Test
  void aFilterNarrowsEveryPanel() {
    open("d/sales");
    String all = see("[data-measure=orders]").getText();
    see("select[name=country]").sendKeys("France");
    wait(b -> !b.findElement(By.cssSelector("[data-measure=orders]")).getText().equals(all));
    String france = see("[data-measure=orders]").getText();
    assertThat(browser.getCurrentUrl()).contains("country=France");
    assertThat(ask("SELECT COUNT(DISTINCT order_number) AS n FROM orders WHERE country = 'France'"))
        .isEqualTo(france);
  }

  @Test
  void aWrongQueryIsTold() {
    open("query");
    WebElement box = see("#sql");
    box.clear();
    box.sendKeys("SELECT nothing FROM nowhere");
    see("button.primary").click();
    assertThat(see("[role=alert]").getText()).contains("LEAT-");
    // A browser logs every answer of 400 and above itself.
    browser.manage().logs().get(LogType.BROWSER);
  }

  @Test
  void theMapLeadsToATable() {
    open("");
    see("[data-id='t:revenue_by_country']").click();
    assertThat(see("leat-table h1").getText()).isEqualTo("revenue_by_country");
    see("leat-table leat-grid tbody td");
  }

  private void script(String text) {
    ((JavascriptExecutor) browser).executeScript(text);
  }

  @Test
  void aTableFollowsAnEpochThatWasNotSeen() {
    open("tables/revenue_by_country");
    see("leat-table leat-grid tbody td");
    shop.sellBetweenLooks();
    wait(b -> b.findElement(By.cssSelector("leat-table leat-grid")).getText().contains("Norway"));
  }

  @Test
  void theQuarantineFollowsRowsThatChangePlaces() {
    open("quarantine");
    wait(b -> see(".kept").getText().contains("twelve"));
    shop.refuseInPlace("twelve", "a dozen");
    wait(b -> see(".kept").getText().contains("a dozen"));
    shop.refuseInPlace("a dozen", "twelve");
    wait(b -> see(".kept").getText().contains("twelve"));
  }

  @Test
  void anAnswerThatComesLateIsNotShownInPlaceOfAnother() {
    open("");
    see("[data-id='t:orders']");
    script(
        """
        const asked = window.fetch;
        window.fetch = (path, options) =>
          path === "/v1/tables/orders"
            ? new Promise((resolve) => (window.release = () => resolve(asked(path, options))))
            : asked(path, options);
        """);
    see("[data-id='t:orders']").click();
    wait(b -> ((JavascriptExecutor) b).executeScript("return !!window.release"));
    script(
        "history.pushState(null, '', '/tables/revenue_by_country');"
            + "dispatchEvent(new PopStateEvent('popstate'));");
    wait(b -> b.findElement(By.cssSelector("leat-table h1")).getText().startsWith("revenue"));
    ((JavascriptExecutor) browser)
        .executeAsyncScript(
            """
            const done = arguments[0];
            window.release();
            fetch("/v1/project").then((r) => r.text()).then(() => requestAnimationFrame(() => requestAnimationFrame(done)));
            """);
    assertThat(see("leat-table h1").getText()).isEqualTo("revenue_by_country");
  }

  @Test
  void aLossThatShrinksRises() {
    open("d/sales?last=90d");
    WebElement loss = see("[data-measure=loss]");
    String change = loss.findElement(By.xpath("following-sibling::p")).getText();
    double now = Double.parseDouble(loss.getDomAttribute("title"));
    double before = Double.parseDouble(change.replaceAll(".*from ", "").replace(",", ""));
    assertThat(before).isNotEqualTo(now);
    assertThat(change).startsWith(now > before ? "▲" : "▼");
  }

  /** An axis that closes up over hours without rows shows two points as neighbours. */
  @Test
  void periodsWithoutRowsHaveTheirPlaceOnAnAxis() {
    open("");
    Object rows =
        ((JavascriptExecutor) browser)
            .executeAsyncScript(
                """
                const done = arguments[0];
                const rows = (...times) => times.map((t) => [t, 1]);
                import("/page/format.js").then(({ withGaps }) => done([
                  withGaps(rows("2026-03-28 22:00:00", "2026-03-29 01:00:00"), "hour"),
                  withGaps(rows("2024-02-28", "2024-03-01"), "day"),
                  withGaps(rows("2025-10-01", "2026-04-01"), "quarter"),
                  withGaps(rows("1990-01-01 00:00:00", "2026-01-01 00:00:00"), "second"),
                ].map((all) => all.map((r) => r[1] ?? String(r[0]).slice(0, 13)).join(" "))));
                """);
    assertThat(rows)
        .isEqualTo(
            List.of(
                "1 2026-03-28T23 2026-03-29T00 1",
                "1 2024-02-29T00 1",
                "1 2026-01-01T00 1",
                "1 1"));
  }

  @Test
  void everyDigitOfADecimalIsShown() {
    assertThat(ask("SELECT CAST('0.000001234567890123' AS DECIMAL(18, 18)) AS small"))
        .isEqualTo("0.000001234567890123");
  }

  @Test
  void aPageThatIsNotLetInAgainSaysHow(@TempDir Path folder) {
    Server before = server(0, folder.resolve("one"));
    int port = before.address().getPort();
    browser.get(before.invitation().toString());
    see(".beat:not(.off) .dot");
    before.close();
    try (Server _ = server(port, folder.resolve("two"))) {
      assertThat(see("main [role=alert]").getText()).contains("LEAT-7002", "leat up");
    }
    // A browser logs every connection that is refused itself.
    browser.manage().logs().get(LogType.BROWSER);
  }

  private Server server(int port, Path token) {
    return Server.start(new Server.Settings(port, token), Shop.map(), shop, shop, shop, shop);
  }

  @Test
  void everyViewFitsAPhone() {
    // Chromium's own window is not narrower than 500: the page is measured in a frame's width.
    for (String view : VIEWS) {
      browser.executeCdpCommand(
          "Emulation.setDeviceMetricsOverride",
          Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));
      open(view);
      see("main h1, main .map");
      wait(b -> b.findElements(By.cssSelector("main .state[role=status]")).isEmpty());
      Object wider =
          ((JavascriptExecutor) browser)
              .executeScript(
                  "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
      assertThat(wider).as(view).isEqualTo(0L);
    }
    browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  @Test
  void everyViewCanBePhotographed() throws Exception {
    String folder = System.getProperty("leat.screenshots", "");
    assumeTrue(!folder.isEmpty(), "no folder for screenshots was named");
    for (String mode : List.of("wide", "phone", "dark")) {
      boolean phone = mode.equals("phone");
      browser.executeCdpCommand(
          "Emulation.setDeviceMetricsOverride",
          Map.of(
              "width",
              phone ? 390 : 1400,
              "height",
              phone ? 1200 : 1000,
              "deviceScaleFactor",
              1,
              "mobile",
              phone));
      browser.executeCdpCommand(
          "Emulation.setEmulatedMedia",
          Map.of(
              "features",
              List.of(
                  Map.of(
                      "name",
                      "prefers-color-scheme",
                      "value",
                      mode.equals("dark") ? "dark" : "light"))));
      for (String view : VIEWS) {
        if (view.equals("query")) {
          ask("SELECT country, COUNT(*) AS orders FROM orders GROUP BY country");
        } else {
          open(view);
          see("main h1, main .map");
          wait(b -> b.findElements(By.cssSelector("main .state[role=status]")).isEmpty());
        }
        LockSupport.parkNanos(SETTLED.toNanos());
        Files.write(
            Path.of(folder, mode + "-" + view.replace('/', '-') + ".png"),
            browser.getScreenshotAs(OutputType.BYTES));
      }
    }
    browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
  }
}
