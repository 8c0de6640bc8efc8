@NullMarked
package dev.leat.log;

import org.jspecify.annotations.NullMarked;
