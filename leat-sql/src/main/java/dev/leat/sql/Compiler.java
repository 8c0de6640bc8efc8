package dev.leat.sql;

import dev.leat.model.Column;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Nearest;
import dev.leat.model.Problem;
import dev.leat.model.Project;
import dev.leat.model.Reading;
import dev.leat.model.Schema;
import dev.leat.model.TableDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.sql.SqlNode;

/** Compiles SELECTs over the relations of a catalog. */
public final class Compiler {
  private final Catalog catalog;

  public Compiler(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Compiles every table of a project.
   *
   * @param sources name → columns of each source's table
   * @throws LeatException with the problems of all tables: LEAT-20nn
   */
  public static CompiledProject compile(Project project, Map<String, Schema> sources) {
    return attempt(Reading.Draft.of(project), sources).whole();
  }

  /** Compiles what can be of a project with faults, and finds those in its SQL. */
  public static Attempt attempt(Reading.Draft draft, Map<String, Schema> sources) {
    return new ProjectCompiler(draft.project().tables(), sources, draft.broken()).attempt();
  }

  /**
   * Compiles a table. Whether it may read what it reads is looked at with the whole project.
   *
   * @throws LeatException LEAT-20nn, located in the table's file
   */
  public CompiledTable compile(TableDefinition definition) {
    SqlFrontend frontend = new SqlFrontend(catalog, definition.sql(), definition.at().file());
    return compile(definition, frontend, frontend.parse());
  }

  CompiledTable compile(TableDefinition definition, SqlFrontend frontend, SqlNode parsed) {
    Passes passes = new Passes();
    Compiled compiled =
        compile(frontend, parsed, Optional.empty(), passes, (builder, tree) -> builder.build(tree));
    checkNames(compiled.plan().schema(), frontend, parsed);
    return new CompiledTable(
        definition,
        compiled.plan().schema(),
        compiled.plan(),
        Lineage.relations(compiled.plan()),
        Lineage.of(compiled.plan()),
        key(definition, compiled.plan(), frontend),
        passes.traces());
  }

  /**
   * Compiles a query that is asked now: functions of the present moment are constants in it.
   *
   * @throws LeatException LEAT-20nn, located in a file called "query"
   */
  public CompiledQuery compileQuery(String sql) {
    return compileQuery(sql, Instant.now());
  }

  /**
   * @param now what CURRENT_TIMESTAMP is
   */
  public CompiledQuery compileQuery(String sql, Instant now) {
    SqlFrontend frontend = new SqlFrontend(catalog, sql, "query");
    Passes passes = new Passes();
    Compiled compiled =
        compile(
            frontend,
            frontend.parse(),
            Optional.of(now),
            passes,
            (builder, tree) -> builder.query(tree));
    Plan plan = Plans.named(compiled.plan(), readable(compiled.plan().schema()));
    return new CompiledQuery(sql, plan.schema(), plan, Lineage.relations(plan), passes.traces());
  }

  private record Compiled(Plan plan) {}

  private interface Shape {
    Plan plan(PlanBuilder builder, RelNode tree);
  }

  private static Compiled compile(
      SqlFrontend frontend, SqlNode parsed, Optional<Instant> now, Passes passes, Shape shape) {
    RelRoot root = frontend.relations(parsed, now);
    try {
      List<String> names = root.validatedRowType.getFieldNames();
      RelNode tree = passes.run(root.project());
      PlanBuilder builder = new PlanBuilder(tree.getCluster().getRexBuilder());
      Plan plan = Plans.named(shape.plan(builder, tree), names);
      passes.end(plan);
      return new Compiled(plan);
    } catch (RuntimeException | AssertionError | StackOverflowError thrown) {
      throw frontend.problems().in(parsed).of(thrown);
    }
  }

  /** Calcite calls columns without a name EXPR$0 and so on. */
  private static boolean unnamed(String name) {
    return name.startsWith("EXPR$");
  }

  private static List<String> readable(Schema schema) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      String name = schema.column(i).name();
      names.add(unnamed(name) ? "column" + (i + 1) : name);
    }
    return names;
  }

  private static void checkNames(Schema schema, SqlFrontend frontend, SqlNode parsed) {
    Set<String> seen = new HashSet<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      String name = schema.column(i).name();
      if (unnamed(name)) {
        problems.add(
            frontend
                .problems()
                .ofColumn(
                    SqlPart.column(parsed, i, schema.size()),
                    "Column " + (i + 1) + " of the table has no name.",
                    "Give it one: … AS name."));
      } else if (Schema.TAKEN.contains(Catalog.folded(name))) {
        problems.add(
            frontend
                .problems()
                .ofColumn(
                    SqlPart.column(parsed, i, schema.size()),
                    "Column " + name + " of the table has a name that Leat needs.",
                    "Give it another: … AS name."));
      } else if (!seen.add(Catalog.folded(name))) {
        problems.add(
            frontend
                .problems()
                .ofColumn(
                    SqlPart.column(parsed, i, schema.size()),
                    "Two columns of the table are called " + name + ".",
                    "Give one of them another name: … AS name."));
      }
    }
    if (!problems.isEmpty()) {
      throw new LeatException(problems);
    }
  }

  private static List<String> key(TableDefinition definition, Plan plan, SqlFrontend frontend) {
    List<String> key = new ArrayList<>();
    for (String name : definition.key()) {
      int at =
          plan.schema()
              .indexOf(name)
              .orElseThrow(() ->
                  frontend
                      .problems()
                      .start(
                          ErrorCode.SQL_UNKNOWN_COLUMN,
                          "The key of "
                              + definition.name()
                              + " names "
                              + name
                              + ", which is no column of it.",
                          Nearest.suggestion(
                              name, plan.schema().columns().stream().map(Column::name).toList())));
      key.add(plan.schema().column(at).name());
    }
    return key.isEmpty() ? groupKey(plan) : key;
  }

  /** The output columns that hold the keys of a GROUP BY at the top, if all are there. */
  private static List<String> groupKey(Plan plan) {
    if (plan instanceof Plan.Aggregate aggregate) {
      return plan.schema().columns().subList(0, aggregate.keys().size()).stream()
          .map(Column::name)
          .toList();
    }
    if (!(plan instanceof Plan.Project project)
        || !(project.input() instanceof Plan.Aggregate aggregate)) {
      return List.of();
    }
    List<String> key = new ArrayList<>();
    for (int k = 0; k < aggregate.keys().size(); k++) {
      int at = project.expressions().indexOf(Plans.ref(aggregate, k));
      if (at < 0) {
        return List.of();
      }
      key.add(project.schema().column(at).name());
    }
    return key;
  }
}
