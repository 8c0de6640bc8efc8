package dev.leat.lake;

import dev.leat.model.Durability;

/**
 * How a lake is written. Readers do not care.
 *
 * @param rewriteRows a table of at most this many rows is written anew, whole, in each epoch that
 *     changes it; a larger one gets files of new rows and lists of deleted ones
 */
public record LakeOptions(Durability durability, int rewriteRows) {
  public static final LakeOptions DEFAULT = new LakeOptions(Durability.PROCESS, 4_096);

  public LakeOptions withDurability(Durability other) {
    return new LakeOptions(other, rewriteRows);
  }

  public LakeOptions withRewriteRows(int rows) {
    return new LakeOptions(durability, rows);
  }
}
