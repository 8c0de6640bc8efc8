package dev.leat.sql;

/**
 * A pass of the compiler that changed something.
 *
 * @param tree the relational tree it left, as text
 */
public record CompilerPass(String name, String tree) {}
