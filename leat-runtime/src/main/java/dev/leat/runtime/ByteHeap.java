package dev.leat.runtime;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Blocks of bytes with free lists by size. A reference is {@code chunk << 20 | offset}; whoever
 * holds it knows the length. Frozen and written like a {@link Slab}.
 */
final class ByteHeap {
  static final int CHUNK_BITS = 20;
  static final int CHUNK_BYTES = 1 << CHUNK_BITS;
  private static final int MASK = CHUNK_BYTES - 1;
  private static final int FINE = 1024; // up to here a size class is 16 bytes wide
  private static final int LARGE = 1 << 17; // from here a block has a chunk of its own
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[][] chunks = new byte[4][];
  private boolean[] shared = new boolean[4];
  private int chunkCount;
  private int[] vacant = new int[4]; // chunks that are empty, for blocks to come
  private int vacantCount;
  private int current = -1;
  private int used;
  private final long[] free = new long[80];
  private long bytes;

  ByteHeap() {
    Arrays.fill(free, -1);
  }

  byte[] chunk(long reference) {
    return chunks[(int) (reference >>> CHUNK_BITS)];
  }

  static int offset(long reference) {
    return (int) reference & MASK;
  }

  byte[] own(long reference) {
    int chunk = (int) (reference >>> CHUNK_BITS);
    if (shared[chunk]) {
      chunks[chunk] = chunks[chunk].clone();
      shared[chunk] = false;
    }
    return chunks[chunk];
  }

  private static int sizeClass(int length) {
    return length <= FINE
        ? Math.max(1, (length + 15) >>> 4)
        : 64 + (32 - Integer.numberOfLeadingZeros(length - 1)) - 10;
  }

  private static int capacity(int sizeClass) {
    return sizeClass <= 64 ? sizeClass << 4 : FINE << (sizeClass - 64);
  }

  long allocate(int length) {
    if (length >= LARGE) {
      int chunk = addChunk(length);
      return (long) chunk << CHUNK_BITS;
    }
    int sizeClass = sizeClass(length);
    long reference = free[sizeClass];
    if (reference >= 0) {
      free[sizeClass] = (long) EIGHT.get(chunk(reference), offset(reference));
      return reference;
    }
    int capacity = capacity(sizeClass);
    if (current < 0 || used + capacity > chunks[current].length) {
      makeRoom(capacity);
    }
    reference = (long) current << CHUNK_BITS | used;
    used += capacity;
    return reference;
  }

  private void makeRoom(int capacity) {
    if (current == 0 && used + capacity <= CHUNK_BYTES) {
      int length = Math.min(CHUNK_BYTES, Math.max(chunks[0].length * 2, used + capacity));
      bytes += length - chunks[0].length;
      chunks[0] = Arrays.copyOf(chunks[0], length);
      shared[0] = false;
      return;
    }
    current = addChunk(chunkCount == 0 ? Math.max(4096, capacity) : CHUNK_BYTES);
    used = 0;
  }

  private int addChunk(int length) {
    int chunk = vacantCount > 0 ? vacant[--vacantCount] : addPlace();
    bytes += length;
    chunks[chunk] = new byte[length];
    return chunk;
  }

  private int addPlace() {
    if (chunkCount == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunkCount * 2);
      shared = Arrays.copyOf(shared, chunkCount * 2);
    }
    return chunkCount++;
  }

  private void vacate(int chunk) {
    chunks[chunk] = new byte[0];
    shared[chunk] = false;
    if (vacantCount == vacant.length) {
      vacant = Arrays.copyOf(vacant, vacantCount * 2);
    }
    vacant[vacantCount++] = chunk;
  }

  void release(long reference, int length) {
    if (length >= LARGE) {
      int chunk = (int) (reference >>> CHUNK_BITS);
      bytes -= chunks[chunk].length;
      vacate(chunk);
      return;
    }
    int sizeClass = sizeClass(length);
    EIGHT.set(own(reference), offset(reference), free[sizeClass]);
    free[sizeClass] = reference;
  }

  long bytes() {
    return bytes;
  }

  Image freeze() {
    Arrays.fill(shared, 0, chunkCount, true);
    byte[][] frozen = Arrays.copyOf(chunks, chunkCount);
    int frozenCurrent = current;
    int frozenUsed = used;
    long[] frozenFree = free.clone();
    return out -> {
      out.writeInt(frozen.length);
      out.writeInt(frozenCurrent);
      out.writeInt(frozenUsed);
      out.writeLongs(frozenFree, frozenFree.length);
      for (byte[] chunk : frozen) {
        out.writeBytes(chunk);
      }
    };
  }

  /** Reads an image into a new heap. */
  void restore(StateInput in) throws IOException {
    int count = in.readInt();
    current = in.readInt();
    used = in.readInt();
    long[] lists = in.readLongs();
    in.expect(count >= 0 && lists.length == free.length, "free lists");
    System.arraycopy(lists, 0, free, 0, lists.length);
    for (int i = 0; i < count; i++) {
      byte[] chunk = in.readBytes();
      int place = addPlace();
      chunks[place] = chunk;
      bytes += chunk.length;
      if (chunk.length == 0) {
        vacate(place);
      }
    }
  }
}
