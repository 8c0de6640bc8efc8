package dev.leat.model;

import java.util.List;

/**
 * What a value of a YAML file may be. {@link FolderKeys} says with these what each file takes; from
 * there come the checks, the JSON Schemas and the reference page.
 */
sealed interface Shape {

  /** What is expected here, as it reads after "expected". */
  String expected();

  /** Any text on one or many lines. */
  record Text(String expected) implements Shape {}

  /** Text that may be empty. */
  record EmptyOrText() implements Shape {
    @Override
    public String expected() {
      return "text";
    }
  }

  /** Text of one form. */
  record Form(String expected, String regex) implements Shape {}

  /** {@code true} or {@code false}. */
  record Truth() implements Shape {
    @Override
    public String expected() {
      return "true or false";
    }
  }

  /** A whole number. */
  record Whole(int min, int max) implements Shape {
    @Override
    public String expected() {
      return "a whole number from " + min + " to " + max;
    }
  }

  /** A column's type, as {@link TypeParser} reads it. */
  record ColumnType() implements Shape {
    @Override
    public String expected() {
      return "a column type such as varchar, integer not null or decimal(10,2)";
    }
  }

  /** One of a few words. */
  record OneOf(List<String> words) implements Shape {
    static OneOf of(String... words) {
      return new OneOf(List.of(words));
    }

    @Override
    public String expected() {
      return "one of " + String.join(", ", words);
    }
  }

  /** A list. */
  record ListOf(Shape item) implements Shape {
    @Override
    public String expected() {
      return "a list, each item " + item.expected();
    }
  }

  /** Names that the writer chooses, each with a value of one shape. */
  record Named(Shape value) implements Shape {
    @Override
    public String expected() {
      return "names, each with " + value.expected();
    }
  }

  /**
   * A mapping with these keys and no others.
   *
   * @param what for messages: {@code a panel}
   */
  record Fields(String what, List<Key> keys) implements Shape {
    @Override
    public String expected() {
      return what + " with keys " + String.join(", ", keys.stream().map(Key::name).toList());
    }
  }

  /** A mapping whose key {@code kind} says which other keys there are. */
  record Kinds(String what, List<Variant> variants) implements Shape {
    @Override
    public String expected() {
      return what + " with a kind of " + String.join(", ", kinds());
    }

    List<String> kinds() {
      return variants.stream().map(Variant::kind).toList();
    }
  }

  /** One key of {@link Fields}. */
  record Key(String name, Need need, Shape shape, String meaning) {
    static Key required(String name, Shape shape, String meaning) {
      return new Key(name, Need.REQUIRED, shape, meaning);
    }

    static Key optional(String name, Shape shape, String meaning) {
      return new Key(name, Need.OPTIONAL, shape, meaning);
    }
  }

  /** Whether a key may be left out. */
  enum Need {
    REQUIRED,
    OPTIONAL
  }

  /** The keys of one kind, apart from {@code kind} itself. */
  record Variant(String kind, Support support, List<Key> keys) {
    Fields fields(String what) {
      return new Fields(what + " of kind " + kind, keys);
    }
  }

  /** Whether a kind works, or is only known by name so far. */
  enum Support {
    NOW,
    LATER
  }
}
