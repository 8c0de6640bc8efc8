package dev.leat.runtime;

import static dev.leat.runtime.Rowwise.string;

import dev.leat.sql.Expr;
import java.util.List;
import java.util.function.UnaryOperator;

/** LIKE: {@code _} and {@code %}, matched by going back to the last {@code %}. */
final class Like {
  private static final int NO_ESCAPE = -1;

  private Like() {}

  static Kernel kernel(List<Expr> arguments, UnaryOperator<String> form) {
    int escape =
        arguments.size() > 2
            ? form.apply(TextKernels.constant(arguments.get(2))).charAt(0)
            : NO_ESCAPE;
    return Rowwise.longs((a, i) -> {
      int[] text = form.apply(string(a, 0, i)).codePoints().toArray();
      Like.Pattern pattern = Pattern.of(form.apply(string(a, 1, i)), escape);
      return pattern.matches(text) ? 1 : 0;
    });
  }

  /**
   * @param characters one for each step
   * @param wild what a step means: 0 the character itself, 1 any one, 2 any number
   */
  private record Pattern(int[] characters, byte[] wild, int size) {
    static Pattern of(String text, int escape) {
      int[] source = text.codePoints().toArray();
      int[] characters = new int[source.length];
      byte[] wild = new byte[source.length];
      int size = 0;
      for (int i = 0; i < source.length; i++) {
        int c = source[i];
        if (c == escape) {
          if (++i == source.length) {
            throw ValueErrors.of("LIKE: the pattern '" + text + "' ends with its escape.");
          }
          characters[size++] = source[i];
        } else {
          wild[size] = (byte) (c == '_' ? 1 : c == '%' ? 2 : 0);
          characters[size++] = c;
        }
      }
      return new Pattern(characters, wild, size);
    }

    boolean matches(int[] text) {
      int at = 0;
      int step = 0;
      int star = -1;
      int resume = 0;
      while (at < text.length) {
        if (step < size && wild[step] == 2) {
          star = step++;
          resume = at;
        } else if (step < size && (wild[step] == 1 || characters[step] == text[at])) {
          step++;
          at++;
        } else if (star >= 0) {
          step = star + 1;
          at = ++resume;
        } else {
          return false;
        }
      }
      while (step < size && wild[step] == 2) {
        step++;
      }
      return step == size;
    }
  }
}
