package dev.leat.duckdb;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Rows under one schema as rows under another: columns by their names, one that is new as NULL, one
 * whose type is another as a cast. A value fits when the cast back gives it again, so that nothing
 * is rounded, cut or guessed.
 */
public record Conversion(Schema from, Schema to) {

  /**
   * A column with values that do not fit.
   *
   * @param rows how many have one
   * @param example one of these values, as text
   */
  public record Misfit(Column before, Column now, long rows, String example) {}

  /**
   * The conversion of rows whose columns are not known.
   *
   * @param relation where they are, as text of a FROM
   */
  public static Conversion of(Session session, String relation, Schema to) {
    try (Answer nothing = session.query("SELECT * FROM " + relation + " LIMIT 0")) {
      return new Conversion(nothing.schema(), to);
    }
  }

  /**
   * The same where some columns count as not being there.
   *
   * @param columns in lower case
   */
  public Conversion without(Set<String> columns) {
    List<Column> rest =
        from.columns().stream()
            .filter(column -> !columns.contains(column.name().toLowerCase(Locale.ROOT)))
            .toList();
    return new Conversion(new Schema(rest), to);
  }

  /** Whether it changes nothing: the same columns in the same order. */
  public boolean changesNothing() {
    return to.columns().stream()
        .map(Conversion::form)
        .toList()
        .equals(from.columns().stream().map(Conversion::form).toList());
  }

  private static Column form(Column column) {
    return Column.optional(column.name(), column.type());
  }

  /** Whether a column has another type. */
  public boolean retypes() {
    return !retyped().isEmpty();
  }

  private boolean keeps(Column column) {
    return before(column).stream().anyMatch(old -> old.type().equals(column.type()));
  }

  private Optional<Column> before(Column column) {
    OptionalInt index = from.indexOf(column.name());
    return index.isPresent() ? Optional.of(from.column(index.getAsInt())) : Optional.empty();
  }

  /** What a SELECT from the rows gives, to have them under the other schema. */
  public String columns() {
    return SqlText.each(to, this::converted);
  }

  private String converted(Column column) {
    String name = SqlText.name(column.name());
    String value =
        before(column)
            .filter(old -> castable(old.type(), column.type()))
            .map(old -> SqlText.name(old.name()))
            .orElse("NULL");
    return keeps(column)
        ? name
        : "CAST(" + value + " AS " + SqlText.type(column.type()) + ") AS " + name;
  }

  /**
   * Looks for values that do not fit, column by column.
   *
   * @param relation where the rows are, as text of a FROM
   */
  public Optional<Misfit> misfit(Session session, String relation) {
    for (Misfit none : retyped()) {
      String where = " FROM " + relation + " AS r WHERE " + misfits(none.before(), none.now());
      long rows = session.number("SELECT count(*)" + where);
      if (rows > 0) {
        String name = SqlText.name(none.before().name());
        String one = "SELECT CAST(" + name + " AS VARCHAR)" + where + " LIMIT 1";
        try (Answer answer = session.query(one)) {
          String example = answer.rest().bytes(0).string(0);
          return Optional.of(new Misfit(none.before(), none.now(), rows, example));
        }
      }
    }
    return Optional.empty();
  }

  private List<Misfit> retyped() {
    List<Misfit> found = new ArrayList<>();
    for (Column column : to.columns()) {
      before(column)
          .filter(old -> !old.type().equals(column.type()))
          .ifPresent(old -> found.add(new Misfit(old, column, 0, "")));
    }
    return found;
  }

  private static String misfits(Column before, Column now) {
    String name = SqlText.name(before.name());
    if (!castable(before.type(), now.type())) {
      return name + " IS NOT NULL";
    }
    return "TRY_CAST(TRY_CAST("
        + name
        + " AS "
        + SqlText.type(now.type())
        + ") AS "
        + SqlText.type(before.type())
        + ") IS DISTINCT FROM "
        + name;
  }

  /** Whether values of one kind may be values of the other as well; anything has a text. */
  private static boolean castable(Type before, Type now) {
    return switch (before) {
      case Type.Varbinary _ -> false;
      case Type.Bool _ -> now instanceof Type.Varchar;
      case Type.Int _, Type.BigInt _, Type.Decimal _, Type.Float64 _ ->
          isNumber(now) || now instanceof Type.Varchar;
      case Type.Date _, Type.Timestamp _ -> isTime(now) || now instanceof Type.Varchar;
      case Type.Varchar _ -> !(now instanceof Type.Varbinary);
    };
  }

  private static boolean isNumber(Type type) {
    return switch (type) {
      case Type.Int _, Type.BigInt _, Type.Decimal _, Type.Float64 _ -> true;
      case Type.Bool _, Type.Varchar _, Type.Varbinary _, Type.Date _, Type.Timestamp _ -> false;
    };
  }

  private static boolean isTime(Type type) {
    return type instanceof Type.Date || type instanceof Type.Timestamp;
  }
}
