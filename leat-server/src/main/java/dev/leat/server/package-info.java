@NullMarked
package dev.leat.server;

import org.jspecify.annotations.NullMarked;
