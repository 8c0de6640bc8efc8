/**
 * The maintenance runtime: keeps the result of a plan in step with its inputs, with keyed state in
 * memory.
 *
 * <p>Read in this order. {@link dev.leat.runtime.MaintenanceEngine} opens a {@code
 * MaintenanceCircuit}: one {@code Operator} for each part of the plan. An operator's state is made
 * of {@code Slab} (records of longs), {@code ByteHeap} (bytes), {@code RowLayout} (a row in a
 * record), {@code RowBlock} (rows of a batch in that form) and {@code KeyTable} (records found by
 * key). Then the operators, each with its law: {@code SetOperator} is the simplest; {@code
 * AggregateOperator} with its {@code Accumulator}s; {@code JoinOperator} with two {@code JoinSide}s
 * of {@code RowBag}s; {@code TopNOperator}; {@code WindowOperator}, which works touched partitions
 * out anew. {@code Rules} says which operator is kept how. {@link dev.leat.runtime.FirstByKey}
 * drops duplicates of streams.
 */
@NullMarked
package dev.leat.runtime;

import org.jspecify.annotations.NullMarked;
