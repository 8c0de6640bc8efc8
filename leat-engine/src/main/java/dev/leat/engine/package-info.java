/**
 * What an engine is: something that keeps the answer of a {@link dev.leat.sql.Plan} in step with
 * its inputs.
 *
 * <p>{@link dev.leat.engine.Engine} says of each operator by which {@link dev.leat.engine.Rule} it
 * is kept right, which {@link dev.leat.engine.Explanation} tells people; {@link
 * dev.leat.engine.Circuit} does it.
 */
@NullMarked
package dev.leat.engine;

import org.jspecify.annotations.NullMarked;
