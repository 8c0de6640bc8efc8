/**
 * Sources: where rows come from, and the contract each row must keep.
 *
 * <p>To read in this order: {@link dev.leat.connect.Intake} is how the mill reads every source,
 * {@link dev.leat.connect.Pull} how a batch source is told to look for new data, {@link
 * dev.leat.connect.Contract} what a row must be, {@link dev.leat.connect.Quarantine} where a row
 * goes that is not.
 *
 * <p>Streams: {@link dev.leat.connect.StreamIntake} reads a topic, with a {@link
 * dev.leat.connect.RecordParser} for its encoding ({@link dev.leat.connect.JsonRecordParser},
 * {@link dev.leat.connect.AvroRecordParser}); {@link dev.leat.connect.EventGateway} takes posted
 * events into the log; {@link dev.leat.connect.Simulator} makes events to post. {@link
 * dev.leat.connect.Connectors} makes all of these for a project, {@link dev.leat.connect.Values}
 * says how values are written as text.
 */
@NullMarked
package dev.leat.connect;

import org.jspecify.annotations.NullMarked;
