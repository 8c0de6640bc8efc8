package dev.leat.mill;

import dev.leat.model.Column;
import dev.leat.model.Dashboard;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Location;
import dev.leat.model.MetricSet;
import dev.leat.model.Problem;
import dev.leat.model.Project;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.sql.Catalog;
import dev.leat.sql.Compiler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Compiles the SQL in metrics and dashboards, to tell what is wrong with it before it is asked. */
public final class ViewCheck {
  private final Compiler compiler;
  private final Map<String, Schema> tables = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private ViewCheck(Compilation compilation) {
    Map<String, Schema> schemas = new LinkedHashMap<>(compilation.sourceSchemas());
    compilation.compiled().tables().forEach(table -> schemas.put(table.name(), table.schema()));
    schemas.forEach((name, schema) -> tables.put(name.toLowerCase(Locale.ROOT), schema));
    this.compiler = new Compiler(Catalog.of(schemas));
  }

  /** What is wrong, each at the measure, dimension or panel it stands in. */
  public static List<Problem> of(Project project, Compilation compilation) {
    ViewCheck check = new ViewCheck(compilation);
    project.metrics().forEach(check::metrics);
    project.dashboards().forEach(check::dashboard);
    return check.problems;
  }

  private void metrics(MetricSet set) {
    Optional<Schema> schema = Optional.ofNullable(tables.get(set.table().toLowerCase(Locale.ROOT)));
    if (schema.isEmpty()) {
      return; // reading has told so
    }
    set.time().ifPresent(name -> time(set, schema.get(), name));
    set.dimensions().forEach((name, sql) -> dimension(set, name, sql));
    set.measures().forEach((name, sql) -> measure(set, name, sql));
  }

  /** Panels cast the column to a TIMESTAMP: over text, one value would end the whole dashboard. */
  private void time(MetricSet set, Schema schema, String name) {
    OptionalInt index = schema.indexOf(name);
    if (index.isEmpty()) {
      expression(set.at("time"), name, set);
      return;
    }
    Column column = schema.column(index.getAsInt());
    if (!List.of(Type.TIMESTAMP, Type.DATE).contains(column.type())) {
      problems.add(
          Problem.at(
              set.at("time"),
              ErrorCode.WRONG_VALUE,
              "`time`: the column `" + column.name() + "` is " + column.type().sql() + ".",
              "Name a column of type timestamp or date."));
    }
  }

  private void dimension(MetricSet set, String name, String sql) {
    if (expression(set.at(name), sql, set)
        && !faults(sql, set, " WHERE (" + sql + ") IS NULL").isEmpty()) {
      problems.add(
          Problem.at(
              set.at(name),
              ErrorCode.SQL_INVALID,
              "The dimension `" + sql + "` is no value of a single row.",
              "Write it without aggregates, or make it a measure."));
    }
  }

  /** A panel that shows one number would show the first row's value of what is no aggregate. */
  private void measure(MetricSet set, String name, String sql) {
    if (expression(set.at(name), sql, set)) {
      faults(sql, set, " HAVING COUNT(*) >= 0")
          .forEach(p ->
              problems.add(
                  Problem.at(
                      set.at(name),
                      p.code(),
                      "The measure `" + sql + "` is no single figure: " + p.message(),
                      "A measure is an aggregate expression, such as SUM(…) or MAX(…).")));
    }
  }

  private boolean expression(Location at, String sql, MetricSet set) {
    List<Problem> found = faults(sql, set, "");
    found.forEach(p -> problems.add(ofExpression(at, sql, p)));
    return found.isEmpty();
  }

  private List<Problem> faults(String sql, MetricSet set, String clause) {
    try {
      compiler.compileQuery("SELECT " + sql + " AS leat_checked FROM " + set.table() + clause);
      return List.of();
    } catch (LeatException e) {
      return e.problems();
    }
  }

  private void dashboard(Dashboard dashboard) {
    for (Dashboard.Panel panel : dashboard.panels()) {
      panel.sql().ifPresent(sql -> compile(panel.at("sql"), sql));
    }
  }

  /**
   * A syntax error is told in words of the SELECT around the expression: those say nothing here.
   */
  private static Problem ofExpression(Location at, String sql, Problem found) {
    return found.code() == ErrorCode.SQL_SYNTAX
        ? Problem.at(at, found.code(), "`" + sql + "` is not an expression of SQL.", "")
        : Problem.at(at, found.code(), found.message(), found.fix());
  }

  private void compile(Location at, String sql) {
    try {
      compiler.compileQuery(sql);
    } catch (LeatException e) {
      e.problems().forEach(p -> problems.add(Problem.at(at, p.code(), p.message(), p.fix())));
    }
  }
}
