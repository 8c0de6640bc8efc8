package dev.leat.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The page: our own modules from {@code page/} beside this class, libraries from their jars. The
 * jars say themselves by which name their modules go; that is put together to one import map.
 */
final class PageRoutes {
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "html", "text/html; charset=utf-8");
  private static final Pattern SAFE = Pattern.compile("[\\w@-][\\w@.-]*(/[\\w@-][\\w@.-]*)*");
  private static final String WHOLE_ECHARTS = "dist/echarts.esm.min.mjs";

  private final byte[] html;
  private final String policy;

  private PageRoutes(byte[] html, String policy) {
    this.html = html;
    this.policy = policy;
  }

  static PageRoutes load() {
    try {
      String imports = importMap();
      String policy =
          "default-src 'none'; script-src 'self' 'sha256-"
              + hash(imports)
              + "'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
              + " form-action 'none'; frame-ancestors 'none'";
      String html = new String(resource("page/index.html"), StandardCharsets.UTF_8);
      return new PageRoutes(
          html.replace("{{imports}}", imports).getBytes(StandardCharsets.UTF_8), policy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String importMap() throws IOException {
    ObjectNode all = Json.object();
    ObjectNode imports = all.putObject("imports");
    ClassLoader loader = PageRoutes.class.getClassLoader();
    for (URL url : Collections.list(loader.getResources("META-INF/importmap.json"))) {
      try (InputStream in = url.openStream()) {
        JsonNode map = Json.mapper().readTree(in);
        map.path("imports").properties().forEach(e -> imports.set(e.getKey(), e.getValue()));
      }
    }
    // One file instead of the hundreds that the package is made of.
    imports.put("echarts", imports.path("echarts/").asText() + WHOLE_ECHARTS);
    return Json.text(all);
  }

  private static String hash(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void addTo(HttpRouting.Builder routing) {
    for (String path :
        new String[] {"/", "/query", "/quarantine", "/tables", "/tables/{name}", "/d/{name}"}) {
      routing.get(path, (_, response) -> page(response));
    }
    routing.get("/page/{+file}", (request, response) -> file(request, response, "page/"));
    routing.get(
        "/_static/{+file}",
        (request, response) -> file(request, response, "/META-INF/resources/_static/"));
    routing.any((request, _) -> missing(request.path().path()));
  }

  private void page(ServerResponse response) {
    response.header("Content-Security-Policy", policy);
    response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
    response.send(html);
  }

  private void file(ServerRequest request, ServerResponse response, String folder) {
    String file = request.path().pathParameters().get("file");
    String suffix = file.substring(file.lastIndexOf('.') + 1);
    if (!SAFE.matcher(file).matches() || !TYPES.containsKey(suffix)) {
      missing(file);
    }
    try {
      byte[] content = resource(folder + file);
      response.header("Content-Security-Policy", policy);
      response.header(HeaderNames.CONTENT_TYPE, TYPES.getOrDefault(suffix, "text/plain"));
      if (folder.startsWith("/META-INF")) {
        // Their paths carry their versions.
        response.header("Cache-Control", "private, max-age=31536000, immutable");
      }
      response.send(content);
    } catch (IOException _) {
      missing(file);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = PageRoutes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name);
      }
      return in.readAllBytes();
    }
  }

  private static void missing(String path) {
    throw new LeatException(
        Problem.of(ErrorCode.REQUEST_NOT_FOUND, "There is nothing at " + path + ".", ""));
  }
}
