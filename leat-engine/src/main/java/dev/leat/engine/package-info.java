/**
 * What an engine is: something that keeps the answer of a {@link dev.leat.sql.Plan} in step with
 * its inputs.
 */
@NullMarked
package dev.leat.engine;

import org.jspecify.annotations.NullMarked;
