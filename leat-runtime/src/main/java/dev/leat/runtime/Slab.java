package dev.leat.runtime;

import java.io.IOException;
import java.util.Arrays;

/**
 * Records of a fixed number of longs, each with an address that never changes. An address is {@code
 * chunk << 15 | word}: read a word with {@code chunk(address)[offset(address) + word]}.
 *
 * <p>Word 0 of a record is its header: not negative while the record lives, and free for its
 * owner's use; negative when the record stands in the free list.
 *
 * <p>{@link #freeze} shares the chunks with the image; whoever writes to a record must do so in the
 * chunk that {@link #own} gives, which copies a shared chunk once.
 */
final class Slab {
  static final int CHUNK_BITS = 15;
  static final int CHUNK_WORDS = 1 << CHUNK_BITS;
  static final int MASK = CHUNK_WORDS - 1;
  private static final int FIRST_RECORDS = 16;
  private static final int NONE = -1;

  final int stride;
  long[][] chunks = new long[4][];
  private boolean[] shared = new boolean[4];
  private int chunkCount;
  private int used; // words of the last chunk
  private int free = NONE;
  private long live;

  Slab(int stride) {
    if (stride > CHUNK_WORDS) {
      throw new IllegalArgumentException("a record of " + stride + " words");
    }
    this.stride = stride;
  }

  static int offset(int address) {
    return address & MASK;
  }

  long[] chunk(int address) {
    return chunks[address >>> CHUNK_BITS];
  }

  /** The chunk of a record, to be written to. */
  long[] own(int address) {
    int chunk = address >>> CHUNK_BITS;
    if (shared[chunk]) {
      chunks[chunk] = chunks[chunk].clone();
      shared[chunk] = false;
    }
    return chunks[chunk];
  }

  /** A new record, all zero. */
  int allocate() {
    live++;
    if (free != NONE) {
      int address = free;
      long[] chunk = own(address);
      int at = offset(address);
      free = (int) chunk[at];
      Arrays.fill(chunk, at, at + stride, 0);
      return address;
    }
    if (chunkCount == 0 || used + stride > chunks[chunkCount - 1].length) {
      grow();
    }
    int address = (chunkCount - 1) << CHUNK_BITS | used;
    own(address);
    used += stride;
    return address;
  }

  void release(int address) {
    live--;
    long[] chunk = own(address);
    chunk[offset(address)] = Long.MIN_VALUE | (free & 0xFFFFFFFFL);
    free = address;
  }

  /** The first chunk grows, so that small states stay small; later chunks are made whole. */
  private void grow() {
    if (chunkCount == 1 && chunks[0].length + stride <= CHUNK_WORDS) {
      chunks[0] = Arrays.copyOf(chunks[0], Math.min(CHUNK_WORDS, chunks[0].length * 2));
      shared[0] = false;
      return;
    }
    int words = chunkCount == 0 ? Math.min(CHUNK_WORDS, stride * FIRST_RECORDS) : CHUNK_WORDS;
    addChunk(new long[words]);
    used = 0;
  }

  private void addChunk(long[] chunk) {
    if (chunkCount == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunkCount * 2);
      shared = Arrays.copyOf(shared, chunkCount * 2);
    }
    chunks[chunkCount++] = chunk;
  }

  long live() {
    return live;
  }

  long bytes() {
    long words = 0;
    for (int i = 0; i < chunkCount; i++) {
      words += chunks[i].length;
    }
    return words * Long.BYTES;
  }

  interface Visitor {
    void visit(int address);
  }

  void forEach(Visitor visitor) {
    for (int chunk = 0; chunk < chunkCount; chunk++) {
      int end = chunk == chunkCount - 1 ? used : chunks[chunk].length;
      for (int at = 0; at + stride <= end; at += stride) {
        if (chunks[chunk][at] >= 0) {
          visitor.visit(chunk << CHUNK_BITS | at);
        }
      }
    }
  }

  Image freeze() {
    Arrays.fill(shared, 0, chunkCount, true);
    long[][] frozen = Arrays.copyOf(chunks, chunkCount);
    int frozenUsed = used;
    int frozenFree = free;
    long frozenLive = live;
    return out -> {
      out.writeInt(stride);
      out.writeInt(frozen.length);
      out.writeInt(frozenUsed);
      out.writeInt(frozenFree);
      out.writeLong(frozenLive);
      for (long[] chunk : frozen) {
        out.writeLongs(chunk, chunk.length);
      }
    };
  }

  /** Reads an image into a new slab; clears every live header. */
  void restore(StateInput in) throws IOException {
    in.expect(in.readInt() == stride, "record size");
    int count = in.readInt();
    used = in.readInt();
    free = in.readInt();
    live = in.readLong();
    for (int i = 0; i < count; i++) {
      addChunk(in.readLongs());
      int words = chunks[i].length;
      in.expect(words >= stride && words <= CHUNK_WORDS, "chunk size");
    }
    int last = chunkCount == 0 ? 0 : chunks[chunkCount - 1].length;
    in.expect(count >= 0 && used >= 0 && used <= last, "number of records");
    forEach(address -> chunk(address)[offset(address)] = 0);
  }
}
