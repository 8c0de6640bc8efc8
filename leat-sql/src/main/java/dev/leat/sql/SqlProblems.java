package dev.leat.sql;

import dev.leat.model.Column;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Location;
import dev.leat.model.Nearest;
import dev.leat.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Says what is wrong with one piece of SQL, and where, in our own words and numbers. */
final class SqlProblems {
  private static final Pattern TABLE_MISSING =
      Pattern.compile("(?:Object|Table) '([^']+)' not found.*", Pattern.DOTALL);
  private static final Pattern COLUMN_MISSING =
      Pattern.compile(
          "Column '([^']+)' not found in (?:any table|table '([^']+)').*", Pattern.DOTALL);
  private static final Pattern FUNCTION_MISSING =
      Pattern.compile("No match found for function signature ([^(]+)(\\(.*\\))", Pattern.DOTALL);
  private static final Pattern NOT_GROUPED =
      Pattern.compile("Expression '([^']+)' is not being grouped.*", Pattern.DOTALL);
  private static final Pattern ENCOUNTERED =
      Pattern.compile(
          "(?:Incorrect syntax near|Encountered) \"?(.*?)\"? at line.*", Pattern.DOTALL);

  private static final List<String> CLAUSES =
      List.of(
          "SELECT",
          "FROM",
          "WHERE",
          "GROUP",
          "HAVING",
          "QUALIFY",
          "ORDER",
          "LIMIT",
          "JOIN",
          "LEFT",
          "UNION",
          "WITH",
          "DISTINCT",
          "PARTITION",
          "OVER",
          "BETWEEN");

  /** What to write in place of functions that other engines have. */
  private static final Map<String, String> INSTEAD =
      Map.of(
          "COUNT_IF", "Write COUNT(*) FILTER (WHERE …).",
          "COUNTIF", "Write COUNT(*) FILTER (WHERE …).",
          "SUM_IF", "Write SUM(x) FILTER (WHERE …).",
          "LIST", "STRING_AGG joins values to one text.",
          "ARRAY_AGG", "STRING_AGG joins values to one text.",
          "GROUP_CONCAT", "Write STRING_AGG(x, ',').",
          "MODE", "Count the values, and take the first by ROW_NUMBER() OVER (… ORDER BY n DESC).",
          "QUANTILE_CONT", "MEDIAN is the only quantile there is yet.",
          "QUANTILE", "MEDIAN is the only quantile there is yet.",
          "PERCENTILE", "MEDIAN is the only quantile there is yet.");

  private final SqlText text;
  private final Optional<SqlNode> query;
  private final String file;
  private final Catalog catalog;

  /**
   * @param file named in locations
   */
  SqlProblems(SqlText text, String file, Catalog catalog) {
    this(text, Optional.empty(), file, catalog);
  }

  private SqlProblems(SqlText text, Optional<SqlNode> query, String file, Catalog catalog) {
    this.text = text;
    this.query = query;
    this.file = file;
    this.catalog = catalog;
  }

  /** The same once the text is parsed. */
  SqlProblems in(SqlNode parsed) {
    return new SqlProblems(text, Optional.of(parsed), file, catalog);
  }

  LeatException at(SqlParserPos at, ErrorCode code, String message, String fix) {
    return at(at.getLineNum(), at.getColumnNum(), code, message, fix);
  }

  private LeatException at(int line, int column, ErrorCode code, String message, String fix) {
    Location location =
        new Location(file, Math.max(1, line), text.originalColumn(Math.max(1, line), column));
    return new LeatException(Problem.at(location, code, message, fix));
  }

  /**
   * What is wrong with a column of the table.
   *
   * @param at where it is made, if that can be told
   */
  Problem ofColumn(Optional<SqlParserPos> at, String message, String fix) {
    return at.map(place -> at(place, ErrorCode.SQL_INVALID, message, fix))
        .orElseGet(() -> start(ErrorCode.SQL_INVALID, message, fix))
        .problems()
        .getFirst();
  }

  /** Anything that was thrown while compiling, as something a reader can mend. */
  LeatException of(Throwable thrown) {
    return switch (thrown) {
      case LeatException ours -> located(ours);
      case Refusal refusal -> refused(refusal);
      case SqlParseException syntax -> syntax(syntax);
      case CalciteContextException invalid -> invalid(invalid);
      case Throwable other when other.getCause() instanceof LeatException ours -> located(ours);
      case Throwable other when other.getCause() instanceof CalciteContextException inner ->
          invalid(inner);
      case UnsupportedOperationException _, RuntimeException _, AssertionError _ ->
          new LeatException(
              start(
                      ErrorCode.SQL_UNSUPPORTED,
                      "This SQL cannot be compiled: " + firstLine(thrown) + ".",
                      "Write it another way; simpler parts in tables of their own often help.")
                  .problems()
                  .getFirst(),
              thrown);
      case StackOverflowError _ ->
          start(ErrorCode.SQL_UNSUPPORTED, "This SQL is nested too deeply.", "Split it up.");
      default ->
          start(ErrorCode.SQL_INVALID, "This SQL is not valid: " + firstLine(thrown) + ".", "");
    };
  }

  LeatException start(ErrorCode code, String message, String fix) {
    String parseable = text.parseable();
    int first = 0;
    while (first < parseable.length() && Character.isWhitespace(parseable.charAt(first))) {
      first++;
    }
    int line = 1 + (int) parseable.substring(0, first).chars().filter(c -> c == '\n').count();
    int column = first - parseable.lastIndexOf('\n', Math.max(0, first - 1));
    return at(line, Math.max(1, column), code, message, fix);
  }

  /** Comments alone, as of a table that is out of use, are more than the parser is made for. */
  LeatException nothing() {
    return start(
        ErrorCode.SQL_SYNTAX,
        "There is no SELECT here.",
        "Write one: comments alone are none. A table that is out of use is a file less.");
  }

  private LeatException refused(Refusal refusal) {
    return query
        .flatMap(refusal.part()::find)
        .map(at -> at(at, refusal.code(), refusal.message(), refusal.fix()))
        .orElseGet(() -> start(refusal.code(), refusal.message(), refusal.fix()));
  }

  private LeatException located(LeatException ours) {
    List<Problem> problems = new ArrayList<>();
    for (Problem problem : ours.problems()) {
      problems.addAll(
          problem.at().isPresent()
              ? List.of(problem)
              : start(problem.code(), problem.message(), problem.fix()).problems());
    }
    return new LeatException(problems);
  }

  private LeatException syntax(SqlParseException thrown) {
    SqlParserPos at = thrown.getPos();
    String message = String.valueOf(thrown.getMessage());
    Matcher encountered = ENCOUNTERED.matcher(message);
    String what =
        encountered.matches()
            ? encountered.group(1).isEmpty() || encountered.group(1).equals("<EOF>")
                ? "The SQL ends too early."
                : "'"
                    + encountered
                        .group(1)
                        .strip()
                        .replaceFirst("^the keyword '(.*)'?$", "$1")
                        .replaceAll("^'|'$|\"", "")
                    + "' is not expected here."
            : firstLine(thrown)
                .replaceFirst("^Non-query expression encountered.*", "This is not a SELECT.");
    String fix =
        message.contains("the keyword")
            ? "A name that is also a word of SQL must stand in double quotes."
            : at == null ? "" : misspelt(at);
    if (what.startsWith("';'")) {
      fix = "A table is one SELECT: put others into files of their own.";
    }
    if (what.startsWith("'ON'") && text.parseable().matches("(?is).*\\bDISTINCT\\s+ON\\b.*")) {
      fix = "For DISTINCT ON write QUALIFY ROW_NUMBER() OVER (PARTITION BY … ORDER BY …) = 1.";
    }
    return at == null
        ? start(ErrorCode.SQL_SYNTAX, what, fix)
        : at(at, ErrorCode.SQL_SYNTAX, what, fix);
  }

  /** A word of SQL that the text has nearly, just before it was not understood or there. */
  private String misspelt(SqlParserPos at) {
    List<String> lines = text.parseable().lines().toList();
    String before =
        String.join(" ", lines.subList(0, at.getLineNum() - 1))
            + " "
            + lines.get(at.getLineNum() - 1).substring(0, at.getEndColumnNum());
    List<String> words = List.of(before.toUpperCase(Locale.ROOT).split("[^A-Z_]+"));
    return words.subList(Math.max(0, words.size() - 2), words.size()).stream()
        .filter(word -> word.length() > 2 && !CLAUSES.contains(word))
        .flatMap(word -> Nearest.to(word, CLAUSES).stream())
        .findFirst()
        .map(word -> "Did you mean `" + word + "`?")
        .orElse("");
  }

  private LeatException invalid(CalciteContextException thrown) {
    String message =
        String.valueOf(
            thrown.getCause() == null ? thrown.getMessage() : thrown.getCause().getMessage());
    int line = thrown.getPosLine();
    int column = thrown.getPosColumn();
    Matcher table = TABLE_MISSING.matcher(message);
    if (table.matches()) {
      return at(
          line,
          column,
          ErrorCode.SQL_UNKNOWN_TABLE,
          "There is no table " + table.group(1) + ".",
          Nearest.suggestion(
              table.group(1), catalog.relations().stream().map(Catalog.Relation::name).toList()));
    }
    Matcher missing = COLUMN_MISSING.matcher(message);
    if (missing.matches()) {
      Optional<String> of = Optional.ofNullable(missing.group(2));
      return at(
          line,
          column,
          ErrorCode.SQL_UNKNOWN_COLUMN,
          "There is no column "
              + missing.group(1)
              + of.map(t -> " in " + t).orElse(" in the tables named here")
              + ".",
          columnFix(missing.group(1), of));
    }
    Matcher grouped = NOT_GROUPED.matcher(message);
    if (grouped.matches()) {
      return at(
          line,
          column,
          ErrorCode.SQL_INVALID,
          grouped.group(1) + " may have several values in a group.",
          "Add it to GROUP BY, or say which value: MAX(" + grouped.group(1) + ").");
    }
    Matcher function = FUNCTION_MISSING.matcher(message);
    return function.matches()
        ? function(line, column, function.group(1), function.group(2))
        : at(line, column, ErrorCode.SQL_INVALID, sentence(message), "");
  }

  private LeatException function(int line, int column, String name, String arguments) {
    boolean known = Functions.named(name).isPresent() || Aggregates.names().contains(name);
    if (known) {
      return at(
          line,
          column,
          ErrorCode.SQL_INVALID,
          name + " does not take arguments of the types " + arguments.replaceAll("[<>]", "") + ".",
          "docs/functions.md says what it takes.");
    }
    List<String> candidates = new ArrayList<>(Aggregates.names());
    Functions.names().forEach(candidates::add);
    return at(
        line,
        column,
        ErrorCode.SQL_UNKNOWN_FUNCTION,
        "There is no function " + name + ".",
        Optional.ofNullable(INSTEAD.get(name.toUpperCase(Locale.ROOT)))
            .or(() -> Nearest.to(name, candidates).map(n -> "Did you mean `" + n + "`?"))
            .orElse("docs/functions.md lists what there is."));
  }

  /** The nearest column; or, of one relation, those there are. */
  private String columnFix(String name, Optional<String> relation) {
    List<String> columns = columns(relation);
    if (relation.isPresent()) {
      return Nearest.suggestion(name, columns);
    }
    List<String> elsewhere =
        catalog.relations().stream()
            .filter(r -> r.schema().indexOf(name).isPresent())
            .map(Catalog.Relation::name)
            .toList();
    return elsewhere.isEmpty()
        ? Nearest.to(name, columns).map(n -> "Did you mean `" + n + "`?").orElse("")
        : "It is a column of " + String.join(", ", elsewhere) + ".";
  }

  /** Columns that may have been meant: of one relation if it is known, else of all. */
  private List<String> columns(Optional<String> relation) {
    return relation.flatMap(catalog::relation).map(List::of).orElseGet(catalog::relations).stream()
        .flatMap(r -> r.schema().columns().stream())
        .map(Column::name)
        .toList();
  }

  private static String sentence(String message) {
    String line = message.strip().split("\n", 2)[0];
    return line.endsWith(".") ? line : line + ".";
  }

  private static String firstLine(Throwable thrown) {
    String message = thrown.getMessage();
    String line = message == null ? thrown.getClass().getSimpleName() : message.strip();
    String first = line.split("\n", 2)[0];
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }
}
