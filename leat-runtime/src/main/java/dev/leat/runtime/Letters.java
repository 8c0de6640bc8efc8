package dev.leat.runtime;

/** Letters changed one by one, which is how DuckDB does it: no character becomes two. */
final class Letters {
  private Letters() {}

  static String upper(String text) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints().map(Letters::upper).forEach(result::appendCodePoint);
    return result.toString();
  }

  static String lower(String text) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints().map(Letters::lower).forEach(result::appendCodePoint);
    return result.toString();
  }

  private static int upper(int character) {
    return character == 'ß' ? 'ẞ' : known(character, Character.toUpperCase(character));
  }

  private static int lower(int character) {
    return known(character, Character.toLowerCase(character));
  }

  /** Java knows letters of Unicode 16 whose other case DuckDB does not know: they stay. */
  private static int known(int character, int changed) {
    return isNew(character) || isNew(changed) ? character : changed;
  }

  private static boolean isNew(int character) {
    return character >= 0x1C89
        && (character <= 0x1C8A
            || (character >= 0xA7CB && character <= 0xA7CD)
            || (character >= 0xA7DA && character <= 0xA7DC)
            || (character >= 0x10D50 && character <= 0x10D85));
  }

  static String initcap(String text) {
    StringBuilder result = new StringBuilder(text.length());
    boolean inWord = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = lower(text.codePointAt(i));
      boolean ofWord = isOfWord(character);
      result.appendCodePoint(ofWord && !inWord ? upper(character) : character);
      inWord = ofWord;
    }
    return result.toString();
  }

  /** Beyond ASCII everything: what is a letter there depends on the version of Unicode. */
  private static boolean isOfWord(int character) {
    return character >= 128
        || (character >= '0' && character <= '9')
        || (character >= 'a' && character <= 'z');
  }

  static String translate(String text, String search, String replacement) {
    int[] from = search.codePoints().toArray();
    int[] to = replacement.codePoints().toArray();
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints()
        .forEach(character -> {
          int index = 0;
          while (index < from.length && from[index] != character) {
            index++;
          }
          if (index == from.length) {
            result.appendCodePoint(character);
          } else if (index < to.length) {
            result.appendCodePoint(to[index]);
          }
        });
    return result.toString();
  }
}
