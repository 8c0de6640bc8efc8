/**
 * From a SELECT to what can be run: parse, validate, type, trace, and compile to a {@link
 * dev.leat.sql.Plan}.
 *
 * <p>Reading order:
 *
 * <ol>
 *   <li>{@link dev.leat.sql.Expr} and {@link dev.leat.sql.Plan} are the algebra every engine runs;
 *       {@link dev.leat.sql.Function} is the list of scalar functions, each with one meaning.
 *   <li>{@link dev.leat.sql.Compiler} makes plans from SQL over a {@link dev.leat.sql.Catalog}, one
 *       table, one query or a whole project at a time.
 *   <li>Its steps: {@code SqlText} quotes names that look like words of SQL, {@code SqlFrontend}
 *       has Calcite parse, validate and type ({@code SqlTypes}, {@code Functions}, {@code
 *       Aggregates} say what there is), {@code Passes} turns sub-queries into joins and moves
 *       filters, {@code PlanBuilder} and its {@code Plan…} neighbours make the plan. {@code
 *       SqlProblems} says what went wrong and where.
 *   <li>{@link dev.leat.sql.Lineage} and {@link dev.leat.sql.PlanText} look at plans; {@link
 *       dev.leat.sql.DuckDbPrinter} and {@link dev.leat.sql.DuckDbExpressions} print them as SQL of
 *       DuckDB.
 * </ol>
 *
 * <p>NULLs come last in every order unless it says NULLS FIRST.
 */
@NullMarked
package dev.leat.sql;

import org.jspecify.annotations.NullMarked;
