package dev.leat.duckdb;

import dev.leat.data.Batch;

/**
 * Whether a table holds the rows its query gives.
 *
 * @param rows in the table
 * @param missing the first rows the query gives and the table lacks, with how often
 * @param surplus the first rows the table has and the query does not give, with how often
 * @param missingRows all of them
 * @param surplusRows all of them
 */
public record Proof(long rows, Batch missing, Batch surplus, long missingRows, long surplusRows) {

  public boolean equal() {
    return missingRows == 0 && surplusRows == 0;
  }
}
