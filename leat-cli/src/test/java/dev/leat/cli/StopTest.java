package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.model.Project;
import dev.leat.model.ProjectReader;
import dev.leat.model.Variables;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sun.misc.Signal;

@Timeout(60)
class StopTest {
  private static final int KILLED_BY_TERM = 143;
  private static final int KILLED_BY_INT = 130;

  @TempDir private Path folder;
  private final Commands leat = new Commands();

  @AfterEach
  void stop() {
    leat.close();
  }

  private Project project() {
    return ProjectReader.read(folder, "laptop", Variables.ofProcess()).project().orElseThrow();
  }

  /** A database that takes a connection and never answers keeps the start waiting. */
  @Test
  void aStartThatWaitsIsEndedAndTheNextGoesOn() throws Exception {
    Files.writeString(folder.resolve("leat.yaml"), "name: shop\n");
    Path source = Files.createDirectories(folder.resolve("sources")).resolve("shop.yaml");
    Process up;
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          source,
          """
          kind: jdbc
          url: jdbc:postgresql://127.0.0.1:%d/shop
          tables:
            items: {columns: {id: bigint not null}, every: 1h}
          """
              .formatted(silent.getLocalPort()));
      up = leat.start(folder, "up", ".", "--port", "0");
      try (Socket _ = silent.accept()) {
        up.destroy();
        assertThat(up.waitFor()).isEqualTo(KILLED_BY_TERM);
      }
    }
    up = leat.start(folder, "up", ".", "--port", "0");
    Commands.invitation(up);
    assertThat(RunningServer.ask(project(), "v1/status").orElseThrow().path("epoch").asLong())
        .as("what was published before it was up")
        .isEqualTo(1);
    up.destroy();
    assertThat(up.waitFor()).isZero();
  }

  /** It leaves its address behind, where anyone may listen by then. */
  @Test
  void whoListensAfterAKillIsNotSentTheToken() throws Exception {
    Files.writeString(folder.resolve("leat.yaml"), "name: shop\n");
    Process up = leat.start(folder, "up", ".", "--port", "0");
    int port = Commands.invitation(up).getPort();
    assertThat(RunningServer.ask(project(), "v1/status")).isPresent();
    up.destroyForcibly().waitFor();
    try (ServerSocket stranger = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
      assertThat(RunningServer.ask(project(), "v1/status")).isEmpty();
      stranger.setSoTimeout(1);
      assertThatThrownBy(stranger::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void onceUpTheFirstSignalEndsInOrderAndTheSecondAtOnce() {
    List<Integer> ended = new ArrayList<>();
    Stop stop = new Stop(ended::add);
    stop.isUp();
    stop.signalled(new Signal("TERM"));
    assertThat(stop.isAsked()).isTrue();
    assertThat(ended).isEmpty();
    stop.signalled(new Signal("INT"));
    assertThat(ended).containsExactly(KILLED_BY_INT);
  }
}
