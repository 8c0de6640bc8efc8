@NullMarked
package dev.leat.duckdb;

import org.jspecify.annotations.NullMarked;
