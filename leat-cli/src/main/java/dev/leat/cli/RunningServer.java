package dev.leat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Project;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The server of a project that is up, asked as the project's owner: with the token that only the
 * owner can read.
 */
final class RunningServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final URI address;
  private final String token;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private RunningServer(URI address, String token) {
    this.address = address;
    this.token = token;
  }

  /** The server, if one answers. */
  static Optional<RunningServer> of(Project project) {
    Path token = project.stateFolder().resolve("token");
    try {
      Optional<URI> address = ServerAddress.of(project).read();
      if (address.isEmpty() || !Files.exists(token)) {
        return Optional.empty();
      }
      RunningServer server = new RunningServer(address.get(), Files.readString(token).strip());
      if (server.send(server.request("v1/status").GET()).statusCode() == 200) {
        return Optional.of(server);
      }
      server.close();
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // it is just ending, or a file is not whole
    }
  }

  /** What the server of a project says at a path, if it is up. */
  static Optional<JsonNode> ask(Project project, String path) {
    Optional<RunningServer> up = of(project);
    if (up.isEmpty()) {
      return Optional.empty();
    }
    try (RunningServer server = up.get()) {
      return Optional.of(server.answer(server.request(path).GET()));
    }
  }

  JsonNode post(String path, Map<String, Object> body) {
    return answer(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JsonText.of(body))));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode answer(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = send(request);
      JsonNode body = MAPPER.readTree(response.body());
      if (response.statusCode() / 100 != 2) {
        throw new LeatException(problems(body));
      }
      return body;
    } catch (IOException e) {
      throw silent(e);
    }
  }

  private LeatException silent(IOException e) {
    return new LeatException(
        Problem.of(
            ErrorCode.MILL_LOCKED,
            "The project is up at " + address + " and did not answer: " + e,
            "Try again, or stop it."),
        e);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static List<Problem> problems(JsonNode body) {
    List<Problem> problems = new ArrayList<>();
    body.path("problems").forEach(one -> problems.add(problem(one)));
    return problems.isEmpty() ? List.of(problem(body)) : problems;
  }

  private static Problem problem(JsonNode body) {
    ErrorCode code =
        Arrays.stream(ErrorCode.values())
            .filter(known -> known.id().equals(body.path("code").asText()))
            .findFirst()
            .orElse(ErrorCode.REQUEST_INVALID);
    return Problem.of(code, body.path("message").asText(), body.path("fix").asText());
  }

  @Override
  public void close() {
    client.close();
  }
}
