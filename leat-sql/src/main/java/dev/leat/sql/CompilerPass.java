package dev.leat.sql;

import java.time.Duration;
import java.util.Optional;

/**
 * A pass of the compiler.
 *
 * @param tree the relational tree it left, as text; empty when it changed nothing
 */
public record CompilerPass(String name, Optional<String> tree, Duration took) {}
