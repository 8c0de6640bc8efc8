/**
 * The commands. {@link dev.leat.cli.Leat} is where the process starts; each command is a class of
 * its own. Exit status: 0 done, 1 the answer is no, 2 wrong use, 3 it failed.
 */
@NullMarked
package dev.leat.cli;

import org.jspecify.annotations.NullMarked;
