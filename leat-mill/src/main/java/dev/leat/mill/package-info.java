/**
 * The mill: reads slices of every input, brings every table up to date, and publishes all tables
 * together as an epoch.
 *
 * <p>Reading order: {@link dev.leat.mill.Mill} is the loop; {@link dev.leat.mill.Works} is the
 * tables in the order they feed each other; {@link dev.leat.mill.EpochChanges} is what the next
 * epoch will hold; {@link dev.leat.mill.Publisher} makes it visible; {@link dev.leat.mill.Recovery}
 * brings state back after a stop or a crash; {@link dev.leat.mill.Backfill} fills tables by the
 * batch query; {@link dev.leat.mill.QuarantineDesk} lets rows out of quarantine.
 */
@NullMarked
package dev.leat.mill;

import org.jspecify.annotations.NullMarked;
