package dev.leat.server;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets in only who was invited. A browser comes with a one-time token in the address, which it
 * exchanges for a session cookie; a machine client sends the token of a file that only the owner of
 * the project can read. Requests for another host name (DNS rebinding) or from a page of another
 * origin (forged requests) are refused whoever sends them.
 */
final class Gate implements Filter {
  private static final HeaderName SET_COOKIE = HeaderNames.SET_COOKIE;
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost");
  private static final String BEARER = "Bearer ";
  private static final int MAX_INVITATIONS = 1000;

  private final SecureRandom random = new SecureRandom();
  private final Set<String> invitations = ConcurrentHashMap.newKeySet();
  private final Set<String> sessions = ConcurrentHashMap.newKeySet();
  private final byte[] machineToken;

  private Gate(String machineToken) {
    this.machineToken = machineToken.getBytes(StandardCharsets.UTF_8);
  }

  static Gate open(Path tokenFile) {
    try {
      if (Files.exists(tokenFile)) {
        String token = Files.readString(tokenFile).strip();
        if (token.length() >= 32) {
          return new Gate(token);
        }
      }
      String token = token(new SecureRandom());
      Files.createDirectories(tokenFile.toAbsolutePath().getParent());
      Files.deleteIfExists(tokenFile);
      Files.createFile(
          tokenFile,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(tokenFile, token + "\n");
      return new Gate(token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String token(SecureRandom random) {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** A token that opens one session. */
  String invite() {
    if (invitations.size() >= MAX_INVITATIONS) {
      invitations.clear();
    }
    String token = token(random);
    invitations.add(token);
    return token;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    harden(response);
    String host = request.headers().first(HeaderNames.HOST).orElse("");
    checkHost(host);
    checkOrigin(request, host);
    String path = request.path().path();
    if (path.equals("/health")) {
      chain.proceed();
      return;
    }
    Optional<String> invitation = request.query().first("token").asOptional();
    if (path.equals("/") && invitation.isPresent() && invitations.remove(invitation.get())) {
      admit(host, response);
      return;
    }
    if (isMachine(request) || isSession(request, host)) {
      chain.proceed();
      return;
    }
    refuse(request, response);
  }

  /** Headers that keep a browser from doing more with an answer than the page needs. */
  private static void harden(RoutingResponse response) {
    response.header("X-Content-Type-Options", "nosniff");
    response.header("Referrer-Policy", "no-referrer");
    response.header("Cross-Origin-Resource-Policy", "same-origin");
    response.header("Cross-Origin-Opener-Policy", "same-origin");
    response.header("X-Frame-Options", "DENY");
    response.header("Cache-Control", "no-store");
  }

  private static void checkHost(String host) {
    if (!HOSTS.contains(host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT))) {
      throw unauthorised("This server answers to 127.0.0.1 and localhost only.");
    }
  }

  private static void checkOrigin(RoutingRequest request, String host) {
    Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
    if (origin.isPresent() && !origin.get().equalsIgnoreCase("http://" + host)) {
      throw unauthorised("A page of another origin may not send requests here.");
    }
  }

  private void admit(String host, RoutingResponse response) {
    String session = token(random);
    sessions.add(session);
    response.header(
        SET_COOKIE,
        cookieName(host) + "=" + session + "; HttpOnly; SameSite=Strict; Path=/; Max-Age=2592000");
    response.status(Status.SEE_OTHER_303);
    response.header(HeaderNames.LOCATION, "/");
    response.send();
  }

  private boolean isMachine(RoutingRequest request) {
    String header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
    return header.startsWith(BEARER)
        && MessageDigest.isEqual(
            header.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8),
            machineToken);
  }

  private boolean isSession(RoutingRequest request, String host) {
    return request
        .headers()
        .cookies()
        .first(cookieName(host))
        .asOptional()
        .filter(sessions::contains)
        .isPresent();
  }

  /** Cookies know no ports: two projects on one machine must not share one. */
  private static String cookieName(String host) {
    return "leat" + host.substring(host.lastIndexOf(':') + 1).replaceAll("\\D", "");
  }

  private static void refuse(RoutingRequest request, RoutingResponse response) {
    boolean page =
        request.prologue().method().equals(Method.GET)
            && request.headers().first(HeaderNames.ACCEPT).orElse("").contains("text/html");
    if (!page) {
      throw unauthorised("No valid session or token came with this request.");
    }
    response.status(Status.UNAUTHORIZED_401);
    response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
    response.send(
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>Leat</title>
        <meta name="viewport" content="width=device-width"><h1>This address needs an invitation</h1>
        <p>Open the address that <code>leat up</code> printed. It works once; start
        <code>leat up</code> again for another.</p></html>
        """);
  }

  private static LeatException unauthorised(String message) {
    return new LeatException(
        Problem.of(
            ErrorCode.REQUEST_UNAUTHORISED,
            message,
            "Open the address that `leat up` printed, or send the token in .leat/token as"
                + " `Authorization: Bearer …`."));
  }
}
