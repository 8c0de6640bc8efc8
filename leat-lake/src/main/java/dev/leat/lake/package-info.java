/**
 * Tables on storage, published together as numbered epochs.
 *
 * <p>Reading order: {@link dev.leat.lake.Epoch} is what readers see, {@link dev.leat.lake.Lake}
 * finds one and says which files make up a table in it, {@link dev.leat.lake.EpochWriter} makes the
 * next one. Every relation is an Apache Iceberg table (format 3), but the catalog is the epoch
 * file: a table's new metadata is not visible before the epoch that names it.
 */
@NullMarked
package dev.leat.lake;

import org.jspecify.annotations.NullMarked;
