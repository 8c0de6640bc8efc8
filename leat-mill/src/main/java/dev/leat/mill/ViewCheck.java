package dev.leat.mill;

import dev.leat.model.Dashboard;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Location;
import dev.leat.model.MetricSet;
import dev.leat.model.Problem;
import dev.leat.model.Project;
import dev.leat.model.Schema;
import dev.leat.sql.Catalog;
import dev.leat.sql.Compiler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Compiles the SQL in metrics and dashboards, to tell what is wrong with it before it is asked. */
public final class ViewCheck {
  private final Compiler compiler;
  private final Set<String> tables = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  private ViewCheck(Compilation compilation) {
    Map<String, Schema> schemas = new LinkedHashMap<>(compilation.sourceSchemas());
    compilation.compiled().tables().forEach(table -> schemas.put(table.name(), table.schema()));
    schemas.keySet().forEach(name -> tables.add(name.toLowerCase(Locale.ROOT)));
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
    if (!tables.contains(set.table().toLowerCase(Locale.ROOT))) {
      return; // reading has told so
    }
    set.time().ifPresent(column -> expression(set, set.at("time"), column));
    set.dimensions().forEach((name, sql) -> expression(set, set.at(name), sql));
    set.measures().forEach((name, sql) -> expression(set, set.at(name), sql));
  }

  private void expression(MetricSet set, Location at, String sql) {
    try {
      compiler.compileQuery("SELECT " + sql + " AS leat_checked FROM " + set.table());
    } catch (LeatException e) {
      e.problems().forEach(p -> problems.add(ofExpression(at, sql, p)));
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
