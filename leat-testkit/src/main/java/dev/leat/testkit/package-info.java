/** Property tests from a seed: generators, shrinking, and a runner that prints what to repeat. */
@NullMarked
package dev.leat.testkit;

import org.jspecify.annotations.NullMarked;
