package dev.leat.runtime;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** A number of JSON as text: whole ones as they are, others by their shortest digits. */
final class JsonNumber {
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private JsonNumber() {}

  static Optional<String> text(String word) {
    if (WHOLE.matcher(word).matches()) {
      return Optional.of(new BigInteger(word).toString());
    }
    if (!NUMBER.matcher(word).matches()) {
      return Optional.empty();
    }
    double value = Double.parseDouble(word);
    return Optional.of(Double.isInfinite(value) ? word : shortest(value));
  }

  private static String shortest(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = Texts.shortest(value);
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= -6 && exponent < 21) {
      String plain = exact.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String digits = exact.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return (value < 0 ? "-" : "") + mantissa + "e" + exponent;
  }
}
