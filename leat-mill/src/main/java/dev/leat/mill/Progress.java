package dev.leat.mill;

/** Where long work says what it is doing, for people. */
@FunctionalInterface
public interface Progress {
  Progress SILENT = _ -> {};

  void say(String what);
}
