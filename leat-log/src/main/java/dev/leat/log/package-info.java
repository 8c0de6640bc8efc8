/**
 * The log: streams are appended to it, kept for a while, read and read again.
 *
 * <p>To read in this order: {@link dev.leat.log.Log} appends to and reads any Kafka cluster, {@link
 * dev.leat.log.Records} is what is read, {@link dev.leat.log.EmbeddedBroker} is the cluster of one
 * that a project starts with, {@link dev.leat.model.Durability} says what its acknowledgement is
 * worth.
 */
@NullMarked
package dev.leat.log;

import org.jspecify.annotations.NullMarked;
