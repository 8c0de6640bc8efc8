package dev.leat.runtime;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Reads what {@link StateOutput} wrote; anything else is refused (LEAT-6003). */
final class StateInput {
  private static final int LARGEST = 1 << 30;

  private final InputStream in;
  private final CRC32C checksum = new CRC32C();
  private final byte[] eight = new byte[Long.BYTES];
  private final ByteBuffer buffer = ByteBuffer.wrap(eight).order(ByteOrder.LITTLE_ENDIAN);

  StateInput(InputStream in) {
    this.in = in;
  }

  private void fill(byte[] target, int length) throws IOException {
    expect(in.readNBytes(target, 0, length) == length, "length: it ends too early");
    checksum.update(target, 0, length);
  }

  int readInt() throws IOException {
    fill(eight, Integer.BYTES);
    return buffer.getInt(0);
  }

  long readLong() throws IOException {
    fill(eight, Long.BYTES);
    return buffer.getLong(0);
  }

  long[] readLongs() throws IOException {
    int count = readInt();
    expect(count >= 0 && count <= LARGEST / Long.BYTES, "array size");
    byte[] bytes = read(count * Long.BYTES);
    long[] values = new long[count];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(values);
    return values;
  }

  byte[] readBytes() throws IOException {
    int count = readInt();
    expect(count >= 0 && count <= LARGEST, "array size");
    return read(count);
  }

  /** Asks for no more memory than there is input, whatever a damaged length says. */
  private byte[] read(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    expect(bytes.length == length, "length: it ends too early");
    checksum.update(bytes);
    return bytes;
  }

  /** Checks that all that was read is what was written. */
  void end() throws IOException {
    long sum = checksum.getValue();
    expect(readLong() == sum, "checksum");
  }

  void expect(boolean condition, String what) {
    if (!condition) {
      throw new LeatException(
          Problem.of(
              ErrorCode.MILL_STATE_BAD,
              "The state snapshot has the wrong " + what + ".",
              "Delete it; the state is rebuilt from the lake."));
    }
  }
}
