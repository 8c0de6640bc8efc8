package dev.leat.duckdb;

import dev.leat.model.Schema;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A query in DuckDB's SQL that leaves open what its relations are made of.
 *
 * @param text given the SQL of each relation by name, the whole SELECT
 */
record Select(Schema schema, Function<UnaryOperator<String>, String> text) {}
