package dev.leat.sql;

import java.time.Duration;
import java.util.Optional;

/**
 * A pass of the compiler.
 *
 * @param tree the relational tree it left, as text; empty when it changed nothing
 * @param failure why it was passed over, if it was: the tree it was given is right without it
 */
public record CompilerPass(
    String name, Optional<String> tree, Optional<String> failure, Duration took) {}
