@NullMarked
package dev.leat.lake;

import org.jspecify.annotations.NullMarked;
