package dev.leat.connect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds where JSON tokens end, eight bytes at a time. */
final class JsonScanner {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = 0x2222222222222222L;
  private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;
  private static final long BLANKS = 0x2020202020202020L;
  private static final int TRUE = 0x65757274;
  private static final int NULL = 0x6C6C756E;
  private static final int ALSE = 0x65736C61;

  /** Whether the last string had a byte outside ASCII. */
  boolean beyondAscii;

  static int skipBlanks(byte[] data, int i) {
    int at = i;
    while (data[at] == ' ' || data[at] == '\n' || data[at] == '\r' || data[at] == '\t') {
      at++;
    }
    return at;
  }

  /**
   * The first quote, backslash or control character from {@code i} on; {@code limit} or more when
   * there is none before it.
   *
   * @param data readable for eight bytes past {@code limit}
   */
  int stringEnd(byte[] data, int i, int limit) {
    long seen = 0;
    for (int at = i; at < limit; at += 8) {
      long word = (long) EIGHT.get(data, at);
      long quote = word ^ QUOTES;
      long backslash = word ^ BACKSLASHES;
      long found =
          (((quote - ONES) & ~quote)
                  | ((backslash - ONES) & ~backslash)
                  | ((word - BLANKS) & ~word))
              & HIGH_BITS;
      if (found != 0) {
        int bit = Long.numberOfTrailingZeros(found);
        seen |= word & ((1L << bit) - 1);
        beyondAscii = (seen & HIGH_BITS) != 0;
        return at + (bit >>> 3);
      }
      seen |= word;
    }
    return limit;
  }

  static boolean isTrue(byte[] data, int i) {
    return four(data, i) == TRUE;
  }

  static boolean isFalse(byte[] data, int i) {
    return data[i] == 'f' && four(data, i + 1) == ALSE;
  }

  static boolean isNull(byte[] data, int i) {
    return four(data, i) == NULL;
  }

  private static int four(byte[] data, int i) {
    return (int) (long) EIGHT.get(data, i);
  }
}
