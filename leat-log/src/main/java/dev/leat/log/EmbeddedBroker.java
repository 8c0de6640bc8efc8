package dev.leat.log;

import dev.leat.model.Durability;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker inside this process, for a project that has no cluster: one node, loopback only,
 * its data in one folder. Any Kafka client on this machine can use it; the address stands in the
 * file {@value #ADDRESS_FILE} of the folder while it runs.
 *
 * <p>The folder belongs to one process at a time; who starts a broker holds the project's lock.
 */
public final class EmbeddedBroker implements AutoCloseable {
  /** Holds {@code 127.0.0.1:port} while the broker runs. */
  public static final String ADDRESS_FILE = "address";

  /** The largest record the broker takes, with its batch. */
  public static final int RECORD_BYTES_MAX = 16 << 20;

  private static final String PORTS_FILE = "ports";
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final String HOST = "127.0.0.1";

  // Loggers live only while someone holds them.
  private static final List<Logger> QUIET =
      List.of(
          Logger.getLogger("kafka"),
          Logger.getLogger("org.apache.kafka"),
          Logger.getLogger("state.change.logger"));

  // The broker believes that the process is its own and ends it when its disk fails.
  private static volatile Optional<String> ended = Optional.empty();

  private final Path folder;
  private final String address;
  private final KafkaRaftServer server;

  private EmbeddedBroker(Path folder, String address, KafkaRaftServer server) {
    this.folder = folder;
    this.address = address;
    this.server = server;
  }

  /**
   * Starts the broker whose data is in {@code folder}, making it if it is new. Returns when it
   * takes requests.
   */
  public static EmbeddedBroker start(Path folder, Durability durability) {
    QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
    ended = Optional.empty();
    Exit.setExitProcedure(EmbeddedBroker::end);
    Exit.setHaltProcedure(EmbeddedBroker::end);
    try {
      Path data = folder.resolve("data");
      Files.createDirectories(data);
      Ports ports = Ports.in(folder);
      if (!Files.exists(data.resolve("meta.properties"))) {
        format(data);
      }
      Properties settings = BrokerSettings.of(data, ports.broker(), ports.controller(), durability);
      KafkaRaftServer server =
          new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
      server.startup();
      String address = HOST + ":" + ports.broker();
      write(folder.resolve(ADDRESS_FILE), address);
      return new EmbeddedBroker(folder, address, server);
    } catch (Exception e) {
      throw LogFailure.of("The broker in " + folder + " does not start", e);
    }
  }

  /** The address of a broker that runs, or ran and was killed, in a folder. */
  public static Optional<String> addressIn(Path folder) {
    try {
      Path file = folder.resolve(ADDRESS_FILE);
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw LogFailure.of("The broker's address cannot be read", e);
    }
  }

  /** {@code 127.0.0.1:port}. */
  public String address() {
    return address;
  }

  /**
   * Why the broker gave up, for example because its disk is full; empty while it works. Nothing
   * acknowledged is lost; when the cause is gone, close it and start it again.
   */
  public Optional<String> failure() {
    return ended;
  }

  private static void end(int status, @Nullable String message) {
    String reason = message == null ? "it ended itself with status " + status : message;
    ended =
        Optional.of("The broker stopped: " + reason + ". Its disk may be full or not writable.");
    throw new IllegalStateException(ended.orElseThrow());
  }

  private static void format(Path data) throws Exception {
    try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream())) {
      new Formatter()
          .setNodeId(BrokerSettings.NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(data.toString())
          .setMetadataLogDirectory(data.toString())
          .setControllerListenerName(BrokerSettings.CONTROLLER)
          .setIgnoreFormatted(true)
          .setPrintStream(nowhere)
          .run();
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path half = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(half, text);
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Stops the broker and waits for it; one that had failed is not waited for without end. */
  @Override
  public void close() {
    Thread stopping =
        Thread.ofPlatform()
            .daemon()
            .name("broker-stop")
            .start(() -> {
              server.shutdown();
              server.awaitShutdown();
            });
    try {
      stopping.join(STOP);
      Files.deleteIfExists(folder.resolve(ADDRESS_FILE));
    } catch (IOException e) {
      throw LogFailure.of("The broker's address cannot be taken away", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** The two ports, the same at every start unless someone else took them. */
  private record Ports(int broker, int controller) {

    static Ports in(Path folder) throws IOException {
      Path file = folder.resolve(PORTS_FILE);
      if (Files.exists(file)) {
        String[] parts = Files.readString(file).strip().split(",", -1);
        if (parts.length == 2) {
          Ports remembered = new Ports(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
          if (free(remembered.broker) && free(remembered.controller)) {
            return remembered;
          }
        }
      }
      Ports fresh = pick();
      write(file, fresh.broker + "," + fresh.controller);
      return fresh;
    }

    private static boolean free(int port) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(HOST, port));
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    private static Ports pick() throws IOException {
      InetAddress loopback = InetAddress.getByName(HOST);
      try (ServerSocket first = new ServerSocket(0, 1, loopback);
          ServerSocket second = new ServerSocket(0, 1, loopback)) {
        return new Ports(first.getLocalPort(), second.getLocalPort());
      }
    }
  }
}
