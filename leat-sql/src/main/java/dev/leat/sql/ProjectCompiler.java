package dev.leat.sql;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Schema;
import dev.leat.model.TableDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlNode;

/**
 * Compiles the tables of a project, each after those it reads, and gathers the problems of all. A
 * table that reads a faulty one is not looked at further: its problems would be only an echo.
 */
final class ProjectCompiler {
  private final Map<String, TableDefinition> definitions = new TreeMap<>();
  private final Map<String, List<TableReferences.Reference>> reads = new LinkedHashMap<>();
  private final Map<String, SqlNode> parsed = new LinkedHashMap<>();
  private final List<CompiledTable> compiled = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> faulty = new HashSet<>();
  private Catalog catalog; // of tables that are not compiled yet it has the names

  /**
   * @param broken names of tables that cannot be compiled, and whose problems are told already
   */
  ProjectCompiler(List<TableDefinition> tables, Map<String, Schema> sources, Set<String> broken) {
    catalog = Catalog.of(sources);
    for (String name : broken) {
      catalog = catalog.with(name, new Schema(List.of()));
      faulty.add(Catalog.folded(name));
    }
    for (TableDefinition table : tables) {
      definitions.put(Catalog.folded(table.name()), table);
      catalog = catalog.with(table.name(), new Schema(List.of()));
    }
  }

  Attempt attempt() {
    definitions.forEach(this::parse);
    Set<String> done = new LinkedHashSet<>();
    for (String table : definitions.keySet()) {
      visit(table, new ArrayList<>(), done);
    }
    return new Attempt(new CompiledProject(compiled, catalog), problems);
  }

  private void parse(String name, TableDefinition table) {
    SqlFrontend frontend = frontend(table);
    try {
      SqlNode tree = frontend.parse();
      List<TableReferences.Reference> references = TableReferences.of(tree);
      parsed.put(name, tree);
      reads.put(name, references);
      references.forEach(r -> checkPublished(table, r, frontend));
    } catch (LeatException thrown) {
      fault(name, thrown);
    }
  }

  private SqlFrontend frontend(TableDefinition table) {
    return new SqlFrontend(catalog, table.sql(), table.at().file());
  }

  private void fault(String name, LeatException thrown) {
    faulty.add(name);
    problems.addAll(thrown.problems());
  }

  /** A table may read its own team's tables and other teams' published ones. */
  private void checkPublished(
      TableDefinition reader, TableReferences.Reference reference, SqlFrontend frontend) {
    Optional.ofNullable(definitions.get(Catalog.folded(reference.name())))
        .filter(read -> !read.publish() && !read.team().equals(reader.team()))
        .ifPresent(read ->
            problems.addAll(
                frontend
                    .problems()
                    .at(
                        reference.at(),
                        ErrorCode.SQL_NOT_PUBLISHED,
                        read.name()
                            + " belongs to "
                            + read.team().map(t -> "the team " + t).orElse("no team")
                            + " and is not published.",
                        "Ask for 'publish: true' in "
                            + read.at().file()
                            + ", or read a table that is published.")
                    .problems()));
  }

  /**
   * Depth first, so that what is read comes before what reads it.
   *
   * @param path the tables that led here
   */
  private void visit(String name, List<String> path, Set<String> done) {
    if (done.contains(name) || !definitions.containsKey(name)) {
      return;
    }
    int again = path.indexOf(name);
    if (again >= 0) {
      cycle(path.subList(again, path.size()));
      return;
    }
    path.add(name);
    List<TableReferences.Reference> references = reads.getOrDefault(name, List.of());
    references.forEach(r -> visit(Catalog.folded(r.name()), path, done));
    path.removeLast();
    if (done.add(name)) {
      compile(name, references);
    }
  }

  private void compile(String name, List<TableReferences.Reference> references) {
    boolean echo = references.stream().anyMatch(r -> faulty.contains(Catalog.folded(r.name())));
    SqlNode tree = parsed.get(name);
    if (echo || faulty.contains(name) || tree == null) {
      faulty.add(name);
      return;
    }
    TableDefinition table = definition(name);
    try {
      CompiledTable result = new Compiler(catalog).compile(table, frontend(table), tree);
      compiled.add(result);
      catalog = catalog.with(table.name(), result.schema());
    } catch (LeatException thrown) {
      fault(name, thrown);
    }
  }

  private TableDefinition definition(String name) {
    return Objects.requireNonNull(definitions.get(name), name);
  }

  private void cycle(List<String> path) {
    List<String> circle = new ArrayList<>();
    path.forEach(p -> circle.add(definition(p).name()));
    circle.add(circle.getFirst());
    boolean known = faulty.containsAll(path);
    faulty.addAll(path);
    if (!known) {
      problems.add(
          Problem.at(
              definition(path.getFirst()).at(),
              ErrorCode.SQL_CYCLE,
              "These tables depend on each other: " + String.join(" → ", circle) + ".",
              "One of them must stop reading the next."));
    }
  }
}
