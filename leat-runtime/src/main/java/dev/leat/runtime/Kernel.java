package dev.leat.runtime;

import dev.leat.data.Vector;

/** A function over whole columns. */
interface Kernel {
  Vector apply(Vector[] arguments, int size);
}
