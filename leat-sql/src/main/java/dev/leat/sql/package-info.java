/**
 * From a SELECT to what can be run: parse, validate, type, trace, and compile to a {@link
 * dev.leat.sql.Plan}.
 *
 * <p>Reading order: {@link dev.leat.sql.Expr} and {@link dev.leat.sql.Plan} are the algebra every
 * engine runs; the compiler makes them from SQL; a dialect prints them back as SQL of an engine.
 */
@NullMarked
package dev.leat.sql;

import org.jspecify.annotations.NullMarked;
