package dev.leat.mill;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.hsqldb.server.Server;

/** A database server that can be stopped and started at the same address. */
final class DatabaseServer implements AutoCloseable {
  final String url;
  private final Path path;
  private final int port;
  private Optional<Server> server = Optional.empty();

  DatabaseServer(Path path) throws IOException {
    this.path = path;
    try (ServerSocket free = new ServerSocket(0)) {
      this.port = free.getLocalPort();
    }
    this.url = "jdbc:hsqldb:hsql://localhost:" + port + "/shop";
  }

  void start() {
    Server started = new Server();
    started.setSilent(true);
    started.setLogWriter(null);
    started.setErrWriter(null);
    started.setPort(port);
    started.setDatabaseName(0, "shop");
    started.setDatabasePath(0, "file:" + path + ";hsqldb.write_delay=false");
    started.start();
    server = Optional.of(started);
  }

  void run(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "SA", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void stop() {
    server.ifPresent(Server::shutdown);
    server = Optional.empty();
  }

  @Override
  public void close() {
    stop();
  }
}
