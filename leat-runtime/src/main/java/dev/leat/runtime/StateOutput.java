package dev.leat.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Writes state: little-endian, with a checksum over everything at the end. */
final class StateOutput {
  private final OutputStream out;
  private final CRC32C checksum = new CRC32C();
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

  StateOutput(OutputStream out) {
    this.out = out;
  }

  private void room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  private void flush() throws IOException {
    checksum.update(buffer.array(), 0, buffer.position());
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  void writeInt(int value) throws IOException {
    room(Integer.BYTES);
    buffer.putInt(value);
  }

  void writeLong(long value) throws IOException {
    room(Long.BYTES);
    buffer.putLong(value);
  }

  /** The first values of an array, after their number. */
  void writeLongs(long[] values, int count) throws IOException {
    writeInt(count);
    for (int i = 0; i < count; ) {
      room(Long.BYTES);
      int some = Math.min(count - i, buffer.remaining() / Long.BYTES);
      buffer.asLongBuffer().put(values, i, some);
      buffer.position(buffer.position() + some * Long.BYTES);
      i += some;
    }
  }

  /** An array of bytes, after its length. */
  void writeBytes(byte[] values) throws IOException {
    writeInt(values.length);
    flush();
    checksum.update(values);
    out.write(values);
  }

  /** Writes the checksum of all before it. */
  void end() throws IOException {
    flush();
    long sum = checksum.getValue();
    buffer.putLong(sum);
    flush();
    out.flush();
  }
}
