package dev.leat.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where {@code ${NAME}} gets its value: the environment, then a file of {@code NAME=value} lines
 * that the variable {@value #SECRETS_FILE} names, which stands outside the folder.
 */
public final class Variables {
  public static final String SECRETS_FILE = "LEAT_SECRETS_FILE";

  private Variables() {}

  /** The variables of this process. */
  public static Function<String, Optional<String>> ofProcess() {
    return of(System.getenv());
  }

  /** The variables of an environment; reads its secrets file once, now. */
  public static Function<String, Optional<String>> of(Map<String, String> environment) {
    Map<String, String> secrets =
        Optional.ofNullable(environment.get(SECRETS_FILE))
            .map(file -> read(Path.of(file)))
            .orElse(Map.of());
    return name ->
        Optional.ofNullable(environment.get(name)).or(() -> Optional.ofNullable(secrets.get(name)));
  }

  private static Map<String, String> read(Path file) {
    var values = new HashMap<String, String>();
    try {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new LeatException(
          Problem.of(
              ErrorCode.MISSING_VARIABLE,
              "The file " + file + " that " + SECRETS_FILE + " names cannot be read.",
              "Correct the variable, or make the file readable; one NAME=value a line."),
          e);
    }
    return values;
  }
}
