package dev.leat.connect;

/**
 * Scans a plain decimal number: what it cannot take (an exponent, more than 18 digits) is for a
 * slower way. Kept and used again, so that scanning allocates nothing.
 */
final class NumberScan {
  private static final int DIGITS_MAX = 18;

  /** The digits without the point, signed. */
  long mantissa;

  /** How many of the digits stand after the point. */
  int scale;

  /** Whether there is a point. */
  boolean point;

  /** Where the number ends. */
  int next;

  /** Scans a number as JSON writes it, from {@code start} to where it ends or to {@code end}. */
  boolean scan(byte[] data, int start, int end) {
    int i = start;
    boolean negative = i < end && data[i] == '-';
    if (negative) {
      i++;
    }
    int first = i;
    long value = 0;
    int digit;
    while (i < end && (digit = data[i] - '0') >= 0 && digit <= 9) {
      value = value * 10 + digit;
      i++;
    }
    int digits = i - first;
    if (digits == 0 || digits > DIGITS_MAX || (digits > 1 && data[first] == '0')) {
      return false;
    }
    point = i < end && data[i] == '.';
    scale = 0;
    if (point) {
      int after = ++i;
      while (i < end && (digit = data[i] - '0') >= 0 && digit <= 9) {
        value = value * 10 + digit;
        i++;
      }
      scale = i - after;
      if (scale == 0 || digits + scale > DIGITS_MAX) {
        return false;
      }
    }
    mantissa = negative ? -value : value;
    next = i;
    return i == end || (data[i] | 0x20) != 'e';
  }
}
