/**
 * Sources: where rows come from, and the contract each row must keep.
 *
 * <p>To read in this order: {@link dev.leat.connect.Intake} is how the mill reads every source,
 * {@link dev.leat.connect.Pull} how a batch source is told to look for new data, {@link
 * dev.leat.connect.Contract} what a row must be, {@link dev.leat.connect.Quarantine} where a row
 * goes that is not.
 *
 * <p>Streams: {@link dev.leat.connect.RecordParser} makes rows of records.
 */
@NullMarked
package dev.leat.connect;

import org.jspecify.annotations.NullMarked;
