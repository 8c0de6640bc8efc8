package dev.leat.lake;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Relations' names as folders' names: letters, digits and underscores stay, others are escaped. */
final class FolderNames {
  private FolderNames() {}

  static String of(String relation) {
    StringBuilder name = new StringBuilder();
    for (byte b : relation.getBytes(StandardCharsets.UTF_8)) {
      if (b == '_' || (b >= 0 && Character.isLetterOrDigit(b))) {
        name.append((char) b);
      } else {
        name.append(String.format(Locale.ROOT, "%%%02X", b));
      }
    }
    return name.toString();
  }
}
