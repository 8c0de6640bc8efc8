package dev.leat.runtime;

import dev.leat.sql.Function;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * Mathematics of the C library. Java's own and the C library's differ in the last bit for some
 * arguments; DuckDB calls the C library, so we do: both engines then give the same bits.
 */
final class CLibrary {
  private static final ValueLayout.OfDouble REAL = ValueLayout.JAVA_DOUBLE;

  private CLibrary() {}

  static Kernel unary(Function function) {
    MethodHandle handle = handle(function, FunctionDescriptor.of(REAL, REAL));
    return Rowwise.doubles((a, i) -> {
      try {
        return (double) handle.invokeExact(Rowwise.real(a, 0, i));
      } catch (Throwable e) {
        throw new IllegalStateException(function.name(), e);
      }
    });
  }

  static Kernel binary(Function function) {
    MethodHandle handle = handle(function, FunctionDescriptor.of(REAL, REAL, REAL));
    return Rowwise.doubles((a, i) -> {
      try {
        return (double) handle.invokeExact(Rowwise.real(a, 0, i), Rowwise.real(a, 1, i));
      } catch (Throwable e) {
        throw new IllegalStateException(function.name(), e);
      }
    });
  }

  private static MethodHandle handle(Function function, FunctionDescriptor descriptor) {
    String name =
        switch (function) {
          case POWER -> "pow";
          case LN -> "log";
          default -> function.name().toLowerCase(Locale.ROOT);
        };
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().find(name).orElseThrow(), descriptor, Linker.Option.critical(false));
  }
}
