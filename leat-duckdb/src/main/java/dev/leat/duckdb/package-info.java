/**
 * Batch work by DuckDB, in this process: queries over an epoch, backfill, recomputation and proof.
 *
 * <p>Reading order: {@link dev.leat.duckdb.DuckDb} is a database, {@link dev.leat.duckdb.Session} a
 * connection to it, {@link dev.leat.duckdb.Answer} the rows of a query as batches. They stand on
 * DuckDB's C interface ({@code Native}), because rows then move as whole columns. {@link
 * dev.leat.duckdb.EpochView} runs plans over the lake: queries, backfill to Parquet files, the
 * change of a table that is recomputed, and {@link dev.leat.duckdb.Proof}s. {@link
 * dev.leat.duckdb.ResultFormat} writes answers for people and programs.
 */
@NullMarked
package dev.leat.duckdb;

import org.jspecify.annotations.NullMarked;
