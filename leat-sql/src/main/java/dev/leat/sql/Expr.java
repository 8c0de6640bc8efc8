package dev.leat.sql;

import dev.leat.model.Type;
import java.util.List;
import java.util.Optional;

/**
 * A scalar expression over the columns of one relation. Fully typed: no implicit conversion is
 * left.
 */
public sealed interface Expr {

  Type type();

  boolean nullable();

  /** A column of the input, by position from 0. */
  record ColumnRef(int index, Type type, boolean nullable) implements Expr {}

  /**
   * A column of the left of a {@link Plan.Lateral} that this is inside the right of.
   *
   * @param lateral its id
   */
  record OuterRef(int lateral, int index, Type type, boolean nullable) implements Expr {}

  /**
   * A constant.
   *
   * @param value empty: NULL. Else a Long for types held as LONG (unscaled, days, microseconds, 0
   *     or 1), a Double, a String for VARCHAR
   */
  record Literal(Optional<Object> value, Type type) implements Expr {
    @Override
    public boolean nullable() {
      return value.isEmpty();
    }

    public static Literal of(long value, Type type) {
      return new Literal(Optional.of(value), type);
    }

    public static Literal of(String value) {
      return new Literal(Optional.of(value), Type.VARCHAR);
    }

    public static Literal of(double value) {
      return new Literal(Optional.of(value), Type.DOUBLE);
    }

    public static Literal ofNull(Type type) {
      return new Literal(Optional.empty(), type);
    }
  }

  /**
   * A call of a function on the allow-list; argument types are exactly those the function takes.
   */
  record Call(Function function, List<Expr> arguments, Type type, boolean nullable)
      implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A conversion.
   *
   * @param orNull a value that does not convert becomes NULL (TRY_CAST) rather than an error
   */
  record Cast(Expr operand, Type type, boolean nullable, boolean orNull) implements Expr {}

  /** The value of the first branch whose condition is TRUE. */
  record Case(List<Branch> branches, Expr otherwise, Type type, boolean nullable) implements Expr {
    public Case {
      branches = List.copyOf(branches);
    }

    public record Branch(Expr condition, Expr value) {}
  }
}
