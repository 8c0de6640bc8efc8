package dev.leat.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of a project: its API under {@code /v1} and its page. */
public final class Server implements AutoCloseable {
  /** No request may be longer. */
  public static final int MAX_BODY_BYTES = 64 << 20;

  private static final int PORT_MAX = 65_535;

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final WebServer web;
  private final Gate gate;
  private final StatusRoutes status;

  private Server(WebServer web, Gate gate, StatusRoutes status) {
    this.web = web;
    this.gate = gate;
    this.status = status;
  }

  /**
   * @param port 0 for any that is free
   * @param tokenFile where the token of machine clients stands; made when it is not there
   */
  public record Settings(int port, Path tokenFile) {}

  /**
   * Starts to answer; returns when it does.
   *
   * @throws LeatException LEAT-8001 when it cannot listen there
   */
  public static Server start(
      Settings settings,
      ProjectMap map,
      Questions questions,
      Live live,
      Events events,
      QuarantineActions quarantine) {
    Gate gate = Gate.open(settings.tokenFile());
    StatusRoutes status = new StatusRoutes(map, live);
    QueryRoutes query = new QueryRoutes(map, questions);
    QuarantineRoutes released = new QuarantineRoutes(quarantine);
    EventRoutes post = new EventRoutes(events);
    DashboardRoutes dashboards = new DashboardRoutes(map, questions);
    PageRoutes page = PageRoutes.load();
    WebServer web =
        WebServer.builder()
            .address(loopback())
            .port(settings.port())
            .shutdownHook(false)
            // Bodies reach Events as they came over the wire.
            .contentEncoding(new RawBodies())
            .maxPayloadSize((long) MAX_BODY_BYTES)
            .routing(routing -> {
              routing.addFilter(gate);
              errors(routing);
              status.addTo(routing);
              query.addTo(routing);
              post.addTo(routing);
              released.addTo(routing);
              dashboards.addTo(routing);
              page.addTo(routing);
            })
            .build()
            .start();
    if (!web.isRunning()) { // it says so in its log alone: somebody took the port meanwhile
      throw notListening("Port " + settings.port() + " can no longer be listened on.");
    }
    return new Server(web, gate, status);
  }

  /**
   * Asks for a port before there is anything to serve.
   *
   * @throws LeatException LEAT-8001 when no server can listen there
   */
  public static void requireFree(int port) {
    if (port < 0 || port > PORT_MAX) {
      throw notListening("There is no port " + port + ".");
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(loopback(), port));
    } catch (IOException e) {
      throw notListening("Port " + port + " cannot be listened on: " + e.getMessage() + ".");
    }
  }

  private static LeatException notListening(String message) {
    return new LeatException(
        Problem.of(
            ErrorCode.USAGE,
            message,
            "Take another: --port 9000, or --port 0 for any that is free."));
  }

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void errors(HttpRouting.Builder routing) {
    routing.error(LeatException.class, Server::told);
    routing.error(
        HttpException.class,
        (request, response, e) -> send(response, e.status(), refused(e.status())));
    routing.error(InsufficientDataAvailableException.class, (_, response, _) -> cut(response));
    routing.error(RuntimeException.class, Server::untold);
  }

  /** A sender that goes away is nothing that went wrong here. */
  private static void cut(ServerResponse response) {
    send(
        response,
        Status.BAD_REQUEST_400,
        Problem.of(
            ErrorCode.REQUEST_INVALID,
            "The body ended before it was whole; nothing of it is kept.",
            "Send it again."));
  }

  private static Problem refused(Status status) {
    return status.equals(Status.REQUEST_ENTITY_TOO_LARGE_413)
        ? Problem.of(
            ErrorCode.SOURCE_TOO_LARGE,
            "The body is larger than " + (MAX_BODY_BYTES >> 20) + " MB.",
            "Send fewer events at a time.")
        : Problem.of(ErrorCode.REQUEST_INVALID, status.reasonPhrase(), "");
  }

  private static void told(ServerRequest request, ServerResponse response, LeatException e) {
    Problem first = e.problems().getFirst();
    if (first.code().blame() == ErrorCode.Blame.BUG) {
      LOG.error("{} {}", request.prologue().method(), request.path().path(), e);
    }
    response.status(statusOf(first.code()));
    Json.send(response, Json.problems(e.problems()));
  }

  /** What went wrong inside stays inside: the reader gets a number to find it by in the log. */
  private static void untold(ServerRequest request, ServerResponse response, RuntimeException e) {
    String id = UUID.randomUUID().toString().substring(0, 8);
    LOG.error("{} {} failed ({})", request.prologue().method(), request.path().path(), id, e);
    send(
        response,
        Status.INTERNAL_SERVER_ERROR_500,
        Problem.of(
            ErrorCode.ENGINE_FAILED,
            "Something went wrong in the server (" + id + ").",
            "Look for " + id + " in the log."));
  }

  private static void send(ServerResponse response, Status status, Problem problem) {
    ObjectNode body = Json.problem(problem);
    response.status(status);
    Json.send(response, body);
  }

  private static Status statusOf(ErrorCode code) {
    return switch (code) {
      case REQUEST_UNAUTHORISED -> Status.UNAUTHORIZED_401;
      case REQUEST_NOT_FOUND, LAKE_EPOCH_MISSING -> Status.NOT_FOUND_404;
      default ->
          switch (code.blame()) {
            case USER, NOT_YET -> Status.BAD_REQUEST_400;
            case BUG -> Status.INTERNAL_SERVER_ERROR_500;
            case RESOURCES -> Status.SERVICE_UNAVAILABLE_503;
          };
    };
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + web.port() + "/");
  }

  /** An address that lets one browser in, once. Every call makes another. */
  public URI invitation() {
    return URI.create(address() + "?token=" + gate.invite());
  }

  @Override
  public void close() {
    status.close();
    web.stop();
  }
}
