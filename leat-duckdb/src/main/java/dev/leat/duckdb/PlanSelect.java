package dev.leat.duckdb;

import dev.leat.sql.DuckDbPrinter;
import dev.leat.sql.Plan;

/** A plan as a query of DuckDB's. */
final class PlanSelect {
  private PlanSelect() {}

  static Select of(Plan plan) {
    return new Select(plan.schema(), relations -> DuckDbPrinter.print(plan, relations::apply));
  }
}
