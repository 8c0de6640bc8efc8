@NullMarked
package dev.leat.mill;

import org.jspecify.annotations.NullMarked;
