package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.engine.Circuit;
import dev.leat.model.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Lets the first row of every key pass and drops the later ones. Keys are kept whole, so that no
 * two are taken for the same; NULL is a key like any other.
 */
public final class FirstByKey {
  private static final long MAGIC = 0x4C65617446697273L; // "LeatFirs"

  private final int[] keyColumns;
  private final long fingerprint;
  private final KeyTable table;
  private final RowBlock block;
  private final int[] addresses = new int[RowBlock.ROWS];

  /**
   * @param keys positions of the key's columns
   */
  public FirstByKey(Schema schema, List<Integer> keys) {
    keyColumns = keys.stream().mapToInt(Integer::intValue).toArray();
    fingerprint = fingerprint(schema, keys);
    RowLayout layout = RowLayout.of(schema, keys);
    table = new KeyTable(new Slab(1 + layout.size), layout, 1, new ByteHeap());
    block = new RowBlock(layout);
  }

  /** What a snapshot must have been taken of to be read: other columns' values may look alike. */
  private static long fingerprint(Schema schema, List<Integer> keys) {
    CRC32C sum = new CRC32C();
    for (int key : keys) {
      String text = schema.column(key).name() + " " + schema.column(key).type().sql() + "\n";
      sum.update(text.getBytes(StandardCharsets.UTF_8));
    }
    return sum.getValue();
  }

  /** The rows whose key has not been seen, in their order; all weights are positive. */
  public Batch firstOnly(Batch rows) {
    int[] kept = new int[rows.size()];
    int count = 0;
    for (int from = 0; from < rows.size(); from += RowBlock.ROWS) {
      int to = Math.min(rows.size(), from + RowBlock.ROWS);
      block.encode(rows, keyColumns, from, to);
      table.findOrAdd(block, addresses);
      for (int i = 0; i < to - from; i++) {
        int at = Slab.offset(addresses[i]);
        if (table.slab.chunk(addresses[i])[at] == 0) {
          table.slab.own(addresses[i])[at] = 1;
          kept[count++] = from + i;
        }
      }
    }
    return count == rows.size() ? rows : rows.gather(kept, count);
  }

  public long keys() {
    return table.keys();
  }

  public long bytes() {
    return table.bytes() + table.slab.bytes() + table.heap.bytes();
  }

  /** A copy of the keys as they are now, that can be written while rows go on coming. */
  public Circuit.Frozen freeze() {
    Image image = table.freeze();
    return target -> {
      StateOutput out = new StateOutput(target);
      out.writeLong(MAGIC);
      out.writeLong(fingerprint);
      image.write(out);
      out.end();
    };
  }

  /** Takes the keys from what {@link #freeze} wrote; LEAT-6003 when it is something else. */
  public void restore(InputStream source) throws IOException {
    StateInput in = new StateInput(source);
    in.expect(in.readLong() == MAGIC, "beginning: it holds no keys");
    in.expect(in.readLong() == fingerprint, "key: it is of other columns");
    table.restore(in);
    table.slab.forEach(address -> table.slab.chunk(address)[Slab.offset(address)] = 1);
    in.end();
  }
}
