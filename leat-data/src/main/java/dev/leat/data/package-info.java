/**
 * Rows in memory: columns of primitives and byte slices, with a weight a row.
 *
 * <p>A {@link dev.leat.data.Batch} is a set of changes: a row with weight +1 is there, one with -1
 * is gone, an update is both. {@link dev.leat.data.BatchBuilder} makes one; {@link
 * dev.leat.data.Consolidation} nets one out.
 */
@NullMarked
package dev.leat.data;

import org.jspecify.annotations.NullMarked;
