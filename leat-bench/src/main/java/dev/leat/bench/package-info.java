/**
 * Benchmarks: a peer and Leat in the same run, with the ratio. Nobody depends on this module;
 * {@code ./leat bench} runs it.
 */
@NullMarked
package dev.leat.bench;

import org.jspecify.annotations.NullMarked;
