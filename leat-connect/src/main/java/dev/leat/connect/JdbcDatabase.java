package dev.leat.connect;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Schema;
import dev.leat.model.Secret;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * A database that rows are extracted from: read only, each extract in one transaction.
 *
 * <p>A host that vanishes says nothing, for ever. So a database that has been silent for a while is
 * given up until the next turn; one that goes on giving rows may take as long as it needs. What the
 * URL says of this, as the driver spells it ({@code socketTimeout}), comes first.
 */
final class JdbcDatabase {
  private static final int FETCH_ROWS = 10_000;
  private static final int LOGIN_SECONDS_MAX = 10;
  private static final Duration SILENCE_MAX = Duration.ofMinutes(5);
  private static final String CANCELLED = "57014";

  private final Source.Jdbc source;
  private final Duration silenceMax;

  JdbcDatabase(Source.Jdbc source) {
    this(source, SILENCE_MAX);
  }

  JdbcDatabase(Source.Jdbc source, Duration silenceMax) {
    this.source = source;
    this.silenceMax = silenceMax;
    DriverManager.setLoginTimeout(LOGIN_SECONDS_MAX);
  }

  /** Something that reads from a connection. */
  interface Reading<T> {
    T read(Connection connection) throws SQLException;
  }

  /** Reads, and tells what fails in words about the table. */
  <T> T read(SourceTable table, Reading<T> reading) {
    Properties properties = new Properties();
    source.user().ifPresent(user -> properties.setProperty("user", user));
    source.password().map(Secret::reveal).ifPresent(p -> properties.setProperty("password", p));
    try (Connection connection = DriverManager.getConnection(source.url(), properties)) {
      limitSilence(connection);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      T read = reading.read(connection);
      connection.rollback();
      return read;
    } catch (SQLException e) {
      throw failure(table, e);
    } catch (JdbcRows.Failed e) {
      throw failure(table, e.sql());
    }
  }

  private void limitSilence(Connection connection) throws SQLException {
    try {
      if (connection.getNetworkTimeout() == 0) {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(silenceMax.toMillis()));
      }
    } catch (SQLFeatureNotSupportedException _) {
      // such as a database in this process
    }
  }

  private LeatException failure(SourceTable table, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    boolean contract = state.startsWith("42") || state.startsWith("3F");
    String said =
        e.getMessage() == null
            ? "no message"
            : withoutSecrets(e.getMessage().lines().findFirst().orElse(""));
    String message = silent(e) ? "it gave no answer in time (" + said + ")" : said;
    return new LeatException(
        contract
            ? Problem.at(
                table.at(),
                ErrorCode.SOURCE_CONTRACT,
                "Table " + remote(table) + " is not what it was: " + message,
                "Correct `table:` or `columns:`, or bring the table back; what was read stays.")
            : Problem.at(
                table.at(),
                ErrorCode.SOURCE_UNREACHABLE,
                "Database "
                    + source.name()
                    + " cannot be read for "
                    + table.name()
                    + ": "
                    + message,
                "It is tried again at the next turn; everything else goes on."),
        e);
  }

  /** Drivers repeat the URL, which may hold a password: before an {@code @}, or as a parameter. */
  private String withoutSecrets(String message) {
    String url = source.url();
    String parameters = url.replaceFirst("^[^?;]*", "");
    String address = url.substring(0, url.length() - parameters.length());
    String shown = address.replaceFirst("//.*@", "//");
    String told = message.replace(address, shown);
    return parameters.isEmpty() ? told : told.replace(parameters, "");
  }

  /** Which table of which database it is, without what may be secret in its URL. */
  String place(Connection connection, SourceTable table) throws SQLException {
    return source.url().replaceFirst("[?;].*", "").replaceFirst(".*@", "")
        + " "
        + spelled(connection, table);
  }

  private static boolean silent(SQLException e) {
    return e instanceof SQLTimeoutException
        || e.getCause() instanceof SocketTimeoutException
        || CANCELLED.equals(e.getSQLState());
  }

  static String remote(SourceTable table) {
    return table.remote().orElse(table.name());
  }

  /** The columns the database says the table has. */
  Schema describe(SourceTable table) {
    return read(
        table,
        connection -> {
          try (PreparedStatement select =
                  prepare(
                      connection, "SELECT * FROM " + spelled(connection, table) + " WHERE 1 = 0");
              ResultSet none = rows(select)) {
            return JdbcTypes.schema(table, none.getMetaData());
          }
        });
  }

  /** A table that a database has. */
  private record Found(String schema, String name) {
    String spelled(Connection connection) throws SQLException {
      return (schema.isEmpty() ? "" : quoted(connection, schema) + ".") + quoted(connection, name);
    }
  }

  /**
   * The table as the database spells it: found without regard to case, as SQL would, but also where
   * it was made with its name in quotes. Without a schema it is the one of the schema that the
   * connection is in, else the only one there is.
   */
  static String spelled(Connection connection, SourceTable table) throws SQLException {
    String[] parts = remote(table).replace("\"", "").split("\\.");
    String name = parts[parts.length - 1];
    boolean named = parts.length > 1;
    String schema = named ? parts[parts.length - 2] : currentSchema(connection);
    List<Found> found = called(connection, name);
    List<Found> there =
        found.stream()
            .filter(f -> named ? f.schema().equalsIgnoreCase(schema) : f.schema().equals(schema))
            .toList();
    Found exact = new Found(schema, name);
    if (there.contains(exact)) {
      return exact.spelled(connection);
    }
    List<Found> candidates = there.isEmpty() && !named ? found : there;
    if (there.isEmpty() && candidates.size() > 1) {
      throw ambiguous(table, candidates);
    }
    return candidates.isEmpty()
        ? remote(table) // not there: the database says so in its own words
        : candidates.getLast().spelled(connection);
  }

  private static String currentSchema(Connection connection) throws SQLException {
    try {
      return Objects.requireNonNullElse(connection.getSchema(), "");
    } catch (SQLFeatureNotSupportedException _) {
      return "";
    }
  }

  /** The tables of a name in any case, in all schemas. */
  private static List<Found> called(Connection connection, String name) throws SQLException {
    List<Found> found = new ArrayList<>();
    try (ResultSet tables = connection.getMetaData().getTables(null, null, "%", null)) {
      while (tables.next()) {
        String schema = Objects.requireNonNullElse(tables.getString("TABLE_SCHEM"), "");
        String called = tables.getString("TABLE_NAME");
        if (called.equalsIgnoreCase(name)) {
          found.add(new Found(schema, called));
        }
      }
    }
    return found;
  }

  private static LeatException ambiguous(SourceTable table, List<Found> candidates) {
    List<String> names = candidates.stream().map(f -> f.schema() + "." + f.name()).toList();
    return new LeatException(
        Problem.at(
            table.at(),
            ErrorCode.SOURCE_CONTRACT,
            "Several schemas have a table "
                + remote(table)
                + ", none of them the one the connection is in: "
                + String.join(", ", names)
                + ".",
            "Write `table: " + names.getFirst() + "`, or another of them."));
  }

  /** A statement for {@link #rows}. */
  PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    try {
      statement.setQueryTimeout(firstRowSeconds(connection));
    } catch (SQLFeatureNotSupportedException _) {
      // then only silence ends it
    }
    return statement;
  }

  /**
   * How long the first row may take: somewhat less than silence may last, so that a statement that
   * waits for a lock is ended in the database too, rather than left there by a connection that is
   * gone.
   */
  private int firstRowSeconds(Connection connection) throws SQLException {
    long millis = silenceMax.toMillis();
    try {
      millis = connection.getNetworkTimeout() == 0 ? millis : connection.getNetworkTimeout();
    } catch (SQLFeatureNotSupportedException _) {
      // such as a database in this process
    }
    return Math.toIntExact(Math.max(1, millis * 4 / 5 / 1_000));
  }

  /**
   * The rows of a statement, fetched bit by bit. The first one comes alone: a statement's time is
   * over when its first bit is there, and a bit of many rows may take long though rows arrive.
   */
  static ResultSet rows(PreparedStatement statement) throws SQLException {
    statement.setFetchSize(1);
    ResultSet rows = statement.executeQuery();
    rows.setFetchSize(FETCH_ROWS);
    return rows;
  }

  /** A name as it stands. */
  static String quoted(Connection connection, String name) throws SQLException {
    String quote = connection.getMetaData().getIdentifierQuoteString();
    return quote.isBlank() ? name : quote + name.replace(quote, quote + quote) + quote;
  }
}
