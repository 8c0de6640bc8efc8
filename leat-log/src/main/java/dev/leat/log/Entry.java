package dev.leat.log;

/**
 * A record to append.
 *
 * @param key empty: none
 */
public record Entry(byte[] key, byte[] value) {
  public static final byte[] NO_KEY = new byte[0];

  public static Entry of(byte[] value) {
    return new Entry(NO_KEY, value);
  }
}
