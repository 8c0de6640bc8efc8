@NullMarked
package dev.leat.runtime;

import org.jspecify.annotations.NullMarked;
