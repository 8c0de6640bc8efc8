package dev.leat.duckdb;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.sql.Plan;

/** A plan as a query of DuckDB's. */
final class PlanSelect {
  private PlanSelect() {}

  static Select of(Plan plan) {
    if (plan instanceof Plan.Scan(String relation, var schema)) {
      return new Select(
          schema,
          relations ->
              "SELECT " + SqlText.names(schema) + " FROM " + relations.apply(relation) + " AS r");
    }
    throw new LeatException(
        Problem.of(ErrorCode.SQL_UNSUPPORTED, "This plan cannot be run by DuckDB.", ""));
  }
}
