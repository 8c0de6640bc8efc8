package dev.leat.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * What a person waits for and what the machine pays: {@code ./leat up examples/wheels} from the
 * command to its address and to the first chart in a browser, its resident memory, and a {@code
 * query} beside it. Run from the clone's folder.
 */
final class StartBench {
  private static final Path EXAMPLE = Path.of("examples/wheels");
  private static final Pattern ADDRESS = Pattern.compile("is up: (http://\\S+)");
  private static final long PATIENCE = 180; // seconds
  private static final Duration SETTLE = Duration.ofSeconds(60);

  private StartBench() {}

  /** Seconds from the command on; megabytes. */
  private record Start(double address, double chart, long residentMb, double querySeconds) {}

  /**
   * @param runs of each: with nothing there yet, then with what the run before left
   */
  static void run(int runs) throws Exception {
    validate(); // what has to be built, is before it counts
    List<Start> cold = new ArrayList<>();
    List<Start> again = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      Path project = copy();
      try {
        cold.add(start(project));
        again.add(start(project));
      } finally {
        BenchProjects.delete(project);
      }
    }
    System.out.println("| median of " + runs + " | nothing there yet | started again |");
    System.out.println("|---|---|---|");
    row("command to address, s", cold, again, Start::address);
    row("command to first chart, s", cold, again, Start::chart);
    row("resident after a minute, MB", cold, again, Start::residentMb);
    row("`query` beside it, s", cold, again, Start::querySeconds);
  }

  private static void validate() throws Exception {
    Process validate =
        new ProcessBuilder("./leat", "validate", EXAMPLE.toString()).inheritIO().start();
    if (validate.waitFor() != 0) {
      throw new IllegalStateException("leat validate failed");
    }
  }

  private interface Figure {
    double of(Start start);
  }

  private static void row(String name, List<Start> cold, List<Start> again, Figure figure) {
    System.out.printf("| %s | %.1f | %.1f |%n", name, median(cold, figure), median(again, figure));
  }

  private static double median(List<Start> starts, Figure figure) {
    return starts.stream().mapToDouble(figure::of).sorted().toArray()[starts.size() / 2];
  }

  private static Start start(Path project) throws Exception {
    ChromeDriver browser = browser();
    long begin = System.nanoTime();
    Process up = new ProcessBuilder("./leat", "up", project.toString(), "--port", "0").start();
    try {
      URI address = address(up.inputReader());
      double toAddress = seconds(begin);
      browser.get(address.toString());
      browser.get(address.resolve("/d/sales").toString());
      while (browser.findElements(By.tagName("canvas")).isEmpty() && seconds(begin) < PATIENCE) {
        Thread.sleep(50);
      }
      double toChart = seconds(begin);
      Thread.sleep(SETTLE);
      return new Start(toAddress, toChart, residentMb(up.pid()), query(project));
    } finally {
      browser.quit();
      up.destroy();
      up.waitFor(PATIENCE, TimeUnit.SECONDS);
    }
  }

  /** Reads on in the background, so that the process never waits for its own output. */
  private static URI address(BufferedReader output) throws IOException {
    String line = output.readLine();
    while (line != null) {
      Matcher matcher = ADDRESS.matcher(line);
      if (matcher.find()) {
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
        return URI.create(matcher.group(1));
      }
      line = output.readLine();
    }
    throw new IllegalStateException("leat up ended without an address");
  }

  private static double query(Path project) throws Exception {
    long begin = System.nanoTime();
    Process query =
        new ProcessBuilder(
                "./leat", "query", project.toString(), "SELECT COUNT(*) AS lines FROM sales_lines")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (query.waitFor() != 0) {
      throw new IllegalStateException("leat query failed");
    }
    return seconds(begin);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static long residentMb(long pid) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      String kilobytes = lines.filter(line -> line.startsWith("VmRSS:")).findAny().orElseThrow();
      return Long.parseLong(kilobytes.replaceAll("\\D", "")) / 1024;
    }
  }

  private static ChromeDriver browser() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.addArguments(
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage");
    return new ChromeDriver(
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
            .build(),
        options);
  }

  private static Path copy() throws IOException {
    Path to = Files.createTempDirectory("leat-wheels");
    try (Stream<Path> tree = Files.walk(EXAMPLE)) {
      for (Path from : tree.filter(p -> !p.startsWith(EXAMPLE.resolve(".leat"))).toList()) {
        Path target = to.resolve(EXAMPLE.relativize(from).toString());
        if (Files.isDirectory(from)) {
          Files.createDirectories(target);
        } else {
          Files.copy(from, target);
        }
      }
    }
    return to;
  }
}
