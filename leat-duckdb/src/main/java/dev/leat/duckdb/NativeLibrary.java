package dev.leat.duckdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/**
 * The DuckDB library that the {@code duckdb_jdbc} jar carries. It is unpacked once for each version
 * and user, not once for each start: unpacking 70 MB is most of the time a cold query would take.
 */
final class NativeLibrary {
  private NativeLibrary() {}

  static SymbolLookup load() {
    try {
      return SymbolLookup.libraryLookup(unpacked(), Arena.global());
    } catch (IOException e) {
      throw new UncheckedIOException("the DuckDB library cannot be unpacked", e);
    }
  }

  private static Path unpacked() throws IOException {
    String name = "/libduckdb_java.so_" + operatingSystem() + "_" + architecture();
    URL resource = org.duckdb.DuckDBDriver.class.getResource(name);
    if (resource == null) {
      throw new IOException("the duckdb_jdbc jar has no library for this machine: " + name);
    }
    URLConnection connection = resource.openConnection();
    long size = connection.getContentLengthLong();
    long modified = connection.getLastModified();
    Path folder = cache().resolve("duckdb-" + size + "-" + modified);
    Path library = folder.resolve("libduckdb.so");
    if (Files.exists(library) && Files.size(library) == size) {
      return library;
    }
    Files.createDirectories(folder);
    Path half = Files.createTempFile(folder, "lib", ".part");
    try (InputStream in = connection.getInputStream()) {
      Files.copy(in, half, StandardCopyOption.REPLACE_EXISTING);
      // Another process may do the same at the same time: both move the same content into place.
      Files.move(half, library, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
    return library;
  }

  private static Path cache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(text -> !text.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("leat");
  }

  private static String operatingSystem() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.contains("mac")) {
      return "macos";
    }
    return name.contains("windows") ? "windows" : "linux";
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "aarch64", "arm64" -> "arm64";
      default -> "amd64";
    };
  }
}
