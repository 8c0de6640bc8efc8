package dev.leat.sql;

import java.util.List;
import java.util.Optional;

/**
 * The allow-list: every scalar function SQL may call. Each has one meaning (standard SQL decides),
 * which every engine is made to keep. docs/functions.md is printed from here.
 *
 * <p>Argument and result types are those of {@link Expr.Call}; implicit conversions have become
 * {@link Expr.Cast}s. Unless a function's meaning says otherwise a NULL argument gives NULL.
 */
public enum Function {
  AND(
      Group.LOGIC,
      "a AND b",
      "FALSE if any is FALSE, else NULL if any is NULL. Takes two or more; a later one is not evaluated where an earlier one is FALSE."),
  OR(
      Group.LOGIC,
      "a OR b",
      "TRUE if any is TRUE, else NULL if any is NULL. Takes two or more; a later one is not evaluated where an earlier one is TRUE."),
  NOT(Group.LOGIC, "NOT a", "TRUE for FALSE, FALSE for TRUE."),
  IS_NULL(Group.LOGIC, "a IS NULL", "Never NULL."),
  IS_NOT_NULL(Group.LOGIC, "a IS NOT NULL", "Never NULL."),
  IS_TRUE(Group.LOGIC, "a IS TRUE", "FALSE for NULL."),
  IS_NOT_TRUE(Group.LOGIC, "a IS NOT TRUE", "TRUE for NULL."),
  IS_FALSE(Group.LOGIC, "a IS FALSE", "FALSE for NULL."),
  IS_NOT_FALSE(Group.LOGIC, "a IS NOT FALSE", "TRUE for NULL."),

  EQ(
      Group.COMPARISON,
      "a = b",
      "Both of one type. Text by its bytes, without padding; NaN equals NaN."),
  NE(Group.COMPARISON, "a <> b", "As =; `!=` is the same."),
  LT(
      Group.COMPARISON,
      "a < b",
      "Text by its UTF-8 bytes; FALSE before TRUE; NaN after every number."),
  LE(Group.COMPARISON, "a <= b", "As <."),
  GT(Group.COMPARISON, "a > b", "As <."),
  GE(Group.COMPARISON, "a >= b", "As <."),
  IS_DISTINCT_FROM(Group.COMPARISON, "a IS DISTINCT FROM b", "As <>, but NULL is one more value."),
  IS_NOT_DISTINCT_FROM(
      Group.COMPARISON, "a IS NOT DISTINCT FROM b", "As =, but NULL is one more value."),
  IN(Group.COMPARISON, "a IN (b, …)", "Equal to any of the constants, none of which is NULL."),

  PLUS(Group.ARITHMETIC, "a + b", "What does not fit the type is an error."),
  MINUS(Group.ARITHMETIC, "a - b", "What does not fit the type is an error."),
  TIMES(
      Group.ARITHMETIC,
      "a * b",
      "What does not fit the type is an error; a DECIMAL is rounded half away from zero to the scale of the result."),
  DIVIDE(
      Group.ARITHMETIC,
      "a / b",
      "INTEGER and BIGINT truncate towards zero; a DECIMAL is rounded half away from zero; division of these by zero is an error. DOUBLE follows IEEE 754."),
  MOD(
      Group.ARITHMETIC,
      "a % b",
      "What truncated division leaves: the sign is that of a. Also MOD(a, b). An error for 0, unless DOUBLE (NaN)."),
  NEGATE(Group.ARITHMETIC, "-a", "What does not fit the type is an error."),

  COALESCE(
      Group.CONDITIONAL,
      "COALESCE(a SAME, more SAME...) -> SAME",
      "The first that is not NULL; later ones are not evaluated."),
  NULLIF(Group.CONDITIONAL, "NULLIF(a SAME, b SAME) -> SAME?", "NULL where a = b, else a."),
  GREATEST(
      Group.CONDITIONAL,
      "GREATEST(a SAME, more SAME...) -> SAME",
      "The greatest; NULL if any is NULL (as in the standard, Oracle and Flink; not as in Postgres and DuckDB)."),
  LEAST(
      Group.CONDITIONAL, "LEAST(a SAME, more SAME...) -> SAME", "The least; NULL if any is NULL."),

  ABS(Group.MATHS, "ABS(x NUMBER) -> NUMBER", "What does not fit the type is an error."),
  SIGN(Group.MATHS, "SIGN(x NUMBER) -> INTEGER", "-1, 0 or 1; 0 for NaN."),
  FLOOR(
      Group.MATHS,
      "FLOOR(x NUMBER) -> NUMBER",
      "The greatest whole number not above x, in the type of x."),
  CEIL(
      Group.MATHS,
      "CEIL(x NUMBER) -> NUMBER",
      "The least whole number not below x, in the type of x.",
      "CEILING"),
  TRUNCATE(
      Group.MATHS,
      "TRUNCATE(x NUMBER, digits CONSTANT?) -> NUMBER",
      "Cut towards zero to that many digits after the point (0 to 15; without: 0).",
      "TRUNC"),
  ROUND(
      Group.MATHS,
      "ROUND(x NUMBER, digits CONSTANT?) -> NUMBER",
      "Rounded half away from zero to that many digits after the point (-15 to 15; without: 0), in the type of x."),
  SQRT(Group.MATHS, "SQRT(x DOUBLE) -> DOUBLE", "NaN below 0."),
  CBRT(Group.MATHS, "CBRT(x DOUBLE) -> DOUBLE", "Cube root."),
  POWER(Group.MATHS, "POWER(x DOUBLE, y DOUBLE) -> DOUBLE", "x to the y; IEEE 754's pow.", "POW"),
  EXP(Group.MATHS, "EXP(x DOUBLE) -> DOUBLE", "e to the x."),
  LN(Group.MATHS, "LN(x DOUBLE) -> DOUBLE", "Natural logarithm; -Infinity for 0, NaN below."),
  LOG10(
      Group.MATHS,
      "LOG10(x DOUBLE) -> DOUBLE",
      "Logarithm to the base 10; -Infinity for 0, NaN below.",
      "LOG"),
  LOG2(
      Group.MATHS,
      "LOG2(x DOUBLE) -> DOUBLE",
      "Logarithm to the base 2; -Infinity for 0, NaN below."),
  PI(Group.MATHS, "PI() -> DOUBLE", "3.141592653589793."),
  SIN(Group.MATHS, "SIN(x DOUBLE) -> DOUBLE", "Of radians."),
  COS(Group.MATHS, "COS(x DOUBLE) -> DOUBLE", "Of radians."),
  TAN(Group.MATHS, "TAN(x DOUBLE) -> DOUBLE", "Of radians."),
  ASIN(Group.MATHS, "ASIN(x DOUBLE) -> DOUBLE", "In radians; NaN outside -1 to 1."),
  ACOS(Group.MATHS, "ACOS(x DOUBLE) -> DOUBLE", "In radians; NaN outside -1 to 1."),
  ATAN(Group.MATHS, "ATAN(x DOUBLE) -> DOUBLE", "In radians."),
  ATAN2(
      Group.MATHS,
      "ATAN2(y DOUBLE, x DOUBLE) -> DOUBLE",
      "The angle of the point (x, y), in radians."),
  SINH(Group.MATHS, "SINH(x DOUBLE) -> DOUBLE", "Hyperbolic sine."),
  COSH(Group.MATHS, "COSH(x DOUBLE) -> DOUBLE", "Hyperbolic cosine."),
  TANH(Group.MATHS, "TANH(x DOUBLE) -> DOUBLE", "Hyperbolic tangent."),
  DEGREES(Group.MATHS, "DEGREES(x DOUBLE) -> DOUBLE", "x * (180 / pi)."),
  RADIANS(Group.MATHS, "RADIANS(x DOUBLE) -> DOUBLE", "x * (pi / 180)."),
  BITAND(Group.MATHS, "BITAND(a BIGINT, b BIGINT) -> BIGINT", "Bits set in both."),
  BITOR(Group.MATHS, "BITOR(a BIGINT, b BIGINT) -> BIGINT", "Bits set in either."),
  BITXOR(Group.MATHS, "BITXOR(a BIGINT, b BIGINT) -> BIGINT", "Bits set in one of both."),
  BITNOT(Group.MATHS, "BITNOT(a BIGINT) -> BIGINT", "Every bit turned."),

  CONCATENATE(Group.TEXT, "a || b", "NULL if any is NULL."),
  CONCAT(
      Group.TEXT,
      "CONCAT(a VARCHAR, more VARCHAR...) -> VARCHAR!",
      "One after the other; a NULL counts as empty (as in Postgres and DuckDB)."),
  CONCAT_WS(
      Group.TEXT,
      "CONCAT_WS(separator VARCHAR, a VARCHAR, more VARCHAR...) -> VARCHAR",
      "One after the other with the separator between; NULLs are left out; NULL if the separator is."),
  UPPER(
      Group.TEXT,
      "UPPER(s VARCHAR) -> VARCHAR",
      "Each character by itself (ß stays one character: ẞ).",
      "UCASE"),
  LOWER(Group.TEXT, "LOWER(s VARCHAR) -> VARCHAR", "Each character by itself.", "LCASE"),
  INITCAP(
      Group.TEXT,
      "INITCAP(s VARCHAR) -> VARCHAR",
      "The first letter of each word upper case, the others lower; words are runs of letters, digits and all that is not ASCII."),
  LENGTH(
      Group.TEXT,
      "LENGTH(s VARCHAR) -> INTEGER",
      "Characters (code points).",
      "CHAR_LENGTH",
      "CHARACTER_LENGTH"),
  OCTET_LENGTH(Group.TEXT, "OCTET_LENGTH(s VARCHAR) -> INTEGER", "Bytes of the UTF-8 form."),
  SUBSTRING(
      Group.TEXT,
      "SUBSTRING(s VARCHAR, start BIGINT, length BIGINT?) -> VARCHAR",
      "Also SUBSTRING(s FROM start FOR length). Characters from start (1 is the first); positions before 1 count but are empty; a negative length is an error.",
      "SUBSTR"),
  LEFT(
      Group.TEXT,
      "LEFT(s VARCHAR, count BIGINT) -> VARCHAR",
      "The first characters; a negative count: all but the last."),
  RIGHT(
      Group.TEXT,
      "RIGHT(s VARCHAR, count BIGINT) -> VARCHAR",
      "The last characters; a negative count: all but the first."),
  TRIM(
      Group.TEXT,
      "BTRIM(s VARCHAR, characters VARCHAR?) -> VARCHAR",
      "Also TRIM([BOTH] characters FROM s). Without the spaces, or any of the characters, at both ends."),
  LTRIM(
      Group.TEXT,
      "LTRIM(s VARCHAR, characters VARCHAR?) -> VARCHAR",
      "Also TRIM(LEADING characters FROM s)."),
  RTRIM(
      Group.TEXT,
      "RTRIM(s VARCHAR, characters VARCHAR?) -> VARCHAR",
      "Also TRIM(TRAILING characters FROM s)."),
  REPLACE(
      Group.TEXT,
      "REPLACE(s VARCHAR, search VARCHAR, replacement VARCHAR) -> VARCHAR",
      "Every occurrence; an empty search changes nothing."),
  REVERSE(
      Group.TEXT, "REVERSE(s VARCHAR) -> VARCHAR", "Characters (code points) from last to first."),
  REPEAT(
      Group.TEXT,
      "REPEAT(s VARCHAR, times BIGINT) -> VARCHAR",
      "Empty for 0 and below; an error over 1,000,000 characters."),
  LPAD(
      Group.TEXT,
      "LPAD(s VARCHAR, length BIGINT, fill VARCHAR?) -> VARCHAR",
      "Filled up (with spaces) before s to that length, or cut to it at the end; empty below 0; an error over 1,000,000 characters; an empty fill is an error where it is needed."),
  RPAD(
      Group.TEXT,
      "RPAD(s VARCHAR, length BIGINT, fill VARCHAR?) -> VARCHAR",
      "As LPAD, but filled after s."),
  STRPOS(
      Group.TEXT,
      "STRPOS(s VARCHAR, search VARCHAR) -> INTEGER",
      "Also POSITION(search IN s). The character where it first occurs, from 1; 0 if nowhere.",
      "INSTR"),
  STARTS_WITH(
      Group.TEXT,
      "STARTS_WITH(s VARCHAR, search VARCHAR) -> BOOLEAN",
      "TRUE for an empty search.",
      "STARTSWITH"),
  ENDS_WITH(
      Group.TEXT,
      "ENDS_WITH(s VARCHAR, search VARCHAR) -> BOOLEAN",
      "TRUE for an empty search.",
      "ENDSWITH"),
  CONTAINS(
      Group.TEXT, "CONTAINS(s VARCHAR, search VARCHAR) -> BOOLEAN", "TRUE for an empty search."),
  SPLIT_PART(
      Group.TEXT,
      "SPLIT_PART(s VARCHAR, separator VARCHAR, part BIGINT) -> VARCHAR",
      "The part with that number, from 1; negative: from the end; empty if there is none. An empty separator splits nothing."),
  ASCII(
      Group.TEXT, "ASCII(s VARCHAR) -> INTEGER", "Code point of the first character; 0 for empty."),
  CHR(
      Group.TEXT,
      "CHR(code BIGINT) -> VARCHAR",
      "The character with that code point; an error if there is none."),
  TRANSLATE(
      Group.TEXT,
      "TRANSLATE(s VARCHAR, search VARCHAR, replacement VARCHAR) -> VARCHAR",
      "Each character of search becomes the one at its place in replacement, or is left out if there is none.",
      "TRANSLATE3"),
  MD5(
      Group.TEXT,
      "MD5(s VARCHAR) -> VARCHAR",
      "32 lower-case hexadecimal digits of the UTF-8 form's digest."),
  SHA256(
      Group.TEXT,
      "SHA256(s VARCHAR) -> VARCHAR",
      "64 lower-case hexadecimal digits of the UTF-8 form's digest."),
  TO_HEX(
      Group.TEXT,
      "TO_HEX(x BIGINT) -> VARCHAR",
      "Hexadecimal, upper case, without leading zeros; a negative number as its 64 bits."),
  LIKE(
      Group.TEXT,
      "s LIKE pattern [ESCAPE c]",
      "`_` is one character, `%` any number, the escape (none unless given) makes the next one plain and must not be the last. The whole text must match."),
  ILIKE(
      Group.TEXT,
      "s ILIKE pattern [ESCAPE c]",
      "LIKE on the lower-case form of text, pattern and escape."),
  REGEXP_LIKE(
      Group.TEXT,
      "REGEXP_LIKE(s VARCHAR, pattern CONSTANT) -> BOOLEAN",
      "The RE2 pattern matches somewhere in s. Refused, here and below, is what engines take differently: `\\p{…}`, `\\B`, `(?<name>…)` and `(?:)`.",
      "REGEXP_MATCHES"),
  REGEXP_REPLACE(
      Group.TEXT,
      "REGEXP_REPLACE(s VARCHAR, pattern CONSTANT, replacement CONSTANT) -> VARCHAR",
      "Every match replaced (as in the standard; DuckDB alone would replace the first); `\\1` to `\\9` are the pattern's groups."),
  REGEXP_EXTRACT(
      Group.TEXT,
      "REGEXP_EXTRACT(s VARCHAR, pattern CONSTANT, group CONSTANT?) -> VARCHAR",
      "What the first match, or its group, holds; empty if there is no match."),

  YEAR(Group.TIME, "YEAR(t DATETIME) -> BIGINT", "Also EXTRACT(YEAR FROM t), as all of these."),
  QUARTER(Group.TIME, "QUARTER(t DATETIME) -> BIGINT", "1 to 4."),
  MONTH(Group.TIME, "MONTH(t DATETIME) -> BIGINT", "1 to 12."),
  WEEK(Group.TIME, "WEEK(t DATETIME) -> BIGINT", "ISO 8601 week, 1 to 53."),
  ISOYEAR(Group.TIME, "ISOYEAR(t DATETIME) -> BIGINT", "Year that the ISO 8601 week belongs to."),
  DAY(Group.TIME, "DAY(t DATETIME) -> BIGINT", "1 to 31.", "DAYOFMONTH"),
  DAYOFWEEK(
      Group.TIME,
      "DAYOFWEEK(t DATETIME) -> BIGINT",
      "1 is Sunday, 7 Saturday (as in Calcite, Flink and MySQL). EXTRACT(DOW FROM t) is the same.",
      "DOW"),
  ISODOW(Group.TIME, "ISODOW(t DATETIME) -> BIGINT", "1 is Monday, 7 Sunday."),
  DAYOFYEAR(Group.TIME, "DAYOFYEAR(t DATETIME) -> BIGINT", "1 to 366.", "DOY"),
  HOUR(Group.TIME, "HOUR(t TIMESTAMP) -> BIGINT", "0 to 23."),
  MINUTE(Group.TIME, "MINUTE(t TIMESTAMP) -> BIGINT", "0 to 59."),
  SECOND(Group.TIME, "SECOND(t TIMESTAMP) -> BIGINT", "0 to 59, whole."),
  MILLISECOND(
      Group.TIME,
      "MILLISECOND(t TIMESTAMP) -> BIGINT",
      "Thousandths of the second part: 0 to 59999."),
  MICROSECOND(
      Group.TIME,
      "MICROSECOND(t TIMESTAMP) -> BIGINT",
      "Millionths of the second part: 0 to 59999999."),
  EPOCH(
      Group.TIME, "EPOCH(t TIMESTAMP) -> BIGINT", "Whole seconds since 1970-01-01, rounded down."),
  EPOCH_MS(
      Group.TIME,
      "EPOCH_MS(t TIMESTAMP) -> BIGINT",
      "Whole milliseconds since 1970-01-01, rounded down."),
  DATE_TRUNC(
      Group.TIME,
      "DATE_TRUNC(unit CONSTANT, t DATETIME) -> DATETIME",
      "The start of the unit ('year', 'quarter', 'month', 'week' (ISO), 'day', 'hour', 'minute', 'second', 'millisecond') that t is in, in the type of t. FLOOR(t TO unit) is the same."),
  DATE_DIFF(
      Group.TIME,
      "DATE_DIFF(unit CONSTANT, a TIMESTAMP, b TIMESTAMP) -> BIGINT",
      "How many starts of a unit lie after a and not after b: DATE_DIFF('year', 2025-12-31, 2026-01-01) is 1.",
      "DATEDIFF"),
  TIMESTAMPDIFF(
      Group.TIME,
      "TIMESTAMPDIFF(unit, a, b)",
      "How many whole units lie between a and b: TIMESTAMPDIFF(YEAR, 2025-12-31, 2026-01-01) is 0."),
  ADD_MONTHS(
      Group.TIME,
      "ADD_MONTHS(t DATETIME, months BIGINT) -> DATETIME",
      "t + INTERVAL MONTH, also for years. A day that the month does not have becomes its last."),
  ADD_DAYS(
      Group.TIME,
      "ADD_DAYS(t DATETIME, days BIGINT) -> DATETIME",
      "t + INTERVAL DAY. TIMESTAMPADD(DAY, days, t) is the same."),
  ADD_MICROS(
      Group.TIME,
      "ADD_MICROS(t TIMESTAMP, microseconds BIGINT) -> TIMESTAMP",
      "t + INTERVAL HOUR, MINUTE or SECOND."),
  LAST_DAY(Group.TIME, "LAST_DAY(t DATETIME) -> DATE", "The last day of the month."),
  MAKE_DATE(
      Group.TIME,
      "MAKE_DATE(year BIGINT, month BIGINT, day BIGINT) -> DATE",
      "An error if there is no such day; years 1 to 9999."),
  MAKE_TIMESTAMP(
      Group.TIME,
      "MAKE_TIMESTAMP(year BIGINT, month BIGINT, day BIGINT, hour BIGINT, minute BIGINT, second BIGINT) -> TIMESTAMP",
      "An error if there is no such time; years 1 to 9999."),
  TO_TIMESTAMP(
      Group.TIME,
      "TO_TIMESTAMP(seconds BIGINT) -> TIMESTAMP",
      "That many seconds after 1970-01-01."),
  TO_TIMESTAMP_MS(
      Group.TIME,
      "TO_TIMESTAMP_MS(milliseconds BIGINT) -> TIMESTAMP",
      "That many milliseconds after 1970-01-01."),
  DAYNAME(Group.TIME, "DAYNAME(t DATETIME) -> VARCHAR", "Monday, …, Sunday."),
  MONTHNAME(Group.TIME, "MONTHNAME(t DATETIME) -> VARCHAR", "January, …, December."),
  STRFTIME(
      Group.TIME,
      "STRFTIME(t TIMESTAMP, format CONSTANT) -> VARCHAR",
      "The codes %Y %m %d %H %M %S %f (microseconds) %y %j %B %b %A %a %I %p %%.",
      "DATE_FORMAT"),

  JSON_VALUE(
      Group.JSON,
      "JSON_VALUE(json VARCHAR, path CONSTANT) -> VARCHAR?",
      "The text, number or boolean at the path (`$.a.b[0]`) as text; NULL if there is none, if it is an object, array or null, or if the text is not JSON.",
      "JSON_EXTRACT_STRING"),
  JSON_EXISTS(
      Group.JSON,
      "JSON_EXISTS(json VARCHAR, path CONSTANT) -> BOOLEAN",
      "There is something (if only null) at the path; FALSE if the text is not JSON."),
  JSON_ARRAY_LENGTH(
      Group.JSON,
      "JSON_ARRAY_LENGTH(json VARCHAR, path CONSTANT?) -> BIGINT?",
      "Elements of the array there; NULL if there is no array, or the text is not JSON.");

  /** How the reference groups functions. */
  public enum Group {
    LOGIC,
    COMPARISON,
    ARITHMETIC,
    CONDITIONAL,
    MATHS,
    TEXT,
    TIME,
    JSON
  }

  private final Group group;
  private final String syntax;
  private final String meaning;
  private final List<String> aliases;

  Function(Group group, String syntax, String meaning, String... aliases) {
    this.group = group;
    this.syntax = syntax;
    this.meaning = meaning;
    this.aliases = List.of(aliases);
  }

  public Group group() {
    return group;
  }

  /** How it is written: a {@link Signature}, or an example of the operator. */
  public String syntax() {
    return syntax;
  }

  /** One or two sentences, above all where engines differ. */
  public String meaning() {
    return meaning;
  }

  /** Other names that mean exactly this. */
  public List<String> aliases() {
    return aliases;
  }

  /** Empty for what is written as an operator or has a grammar of its own. */
  public Optional<Signature> signature() {
    return syntax.contains("->") ? Optional.of(Signature.parse(syntax)) : Optional.empty();
  }
}
