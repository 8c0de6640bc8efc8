package dev.leat.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Where the values of a plan's columns come from. */
public final class Lineage {
  private final Map<Integer, List<Part>> outer = new HashMap<>(); // by the id of the lateral
  private final Map<String, List<Part>> rounds = new HashMap<>(); // by the name of the recursion

  private Lineage() {}

  /** A column of a relation that is scanned. */
  public record Origin(String relation, String column) implements Comparable<Origin> {
    @Override
    public int compareTo(Origin other) {
      int byRelation = relation.compareTo(other.relation);
      return byRelation != 0 ? byRelation : column.compareTo(other.column);
    }

    @Override
    public String toString() {
      return relation + "." + column;
    }
  }

  /**
   * What one output column is made of.
   *
   * @param origins columns whose values go into it; those that only choose rows are not among them
   * @param copied whether its values are exactly those of its one origin
   */
  public record ColumnLineage(String column, Set<Origin> origins, boolean copied) {}

  /** The lineage of each column of a plan, in order. */
  public static List<ColumnLineage> of(Plan plan) {
    List<Part> parts = new Lineage().trace(plan);
    List<ColumnLineage> lineage = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      lineage.add(
          new ColumnLineage(
              plan.schema().column(i).name(),
              new LinkedHashSet<>(new TreeSet<>(part.origins())),
              part.copied() && part.origins().size() == 1));
    }
    return lineage;
  }

  /** The relations a plan reads, sorted. */
  public static Set<String> relations(Plan plan) {
    Set<String> relations = new TreeSet<>();
    if (plan instanceof Plan.Scan scan) {
      relations.add(scan.relation());
    }
    plan.inputs().forEach(i -> relations.addAll(relations(i)));
    return relations;
  }

  private record Part(Set<Origin> origins, boolean copied) {
    Part derived() {
      return new Part(origins, false);
    }

    static Part all(List<Part> parts) {
      Set<Origin> origins = new LinkedHashSet<>();
      parts.forEach(p -> origins.addAll(p.origins()));
      return new Part(origins, false);
    }
  }

  private List<Part> trace(Plan plan) {
    return switch (plan) {
      case Plan.Scan scan ->
          scan.schema().columns().stream()
              .map(c -> new Part(Set.of(new Origin(scan.relation(), c.name())), true))
              .toList();
      case Plan.Values values ->
          values.schema().columns().stream().map(_ -> new Part(Set.of(), false)).toList();
      case Plan.Filter filter -> trace(filter.input());
      case Plan.Distinct distinct -> trace(distinct.input());
      case Plan.Sort sort -> trace(sort.input());
      case Plan.Project project -> {
        List<Part> input = trace(project.input());
        yield project.expressions().stream().map(e -> expr(e, input)).toList();
      }
      case Plan.UnionAll union -> union(union.inputs());
      case Plan.SetOperation set -> union(set.inputs());
      case Plan.Join join -> {
        List<Part> parts = new ArrayList<>(trace(join.left()));
        if (join.kind() != Plan.JoinKind.SEMI && join.kind() != Plan.JoinKind.ANTI) {
          parts.addAll(trace(join.right()));
        }
        yield parts;
      }
      case Plan.Lateral lateral -> lateral(lateral);
      case Plan.Recursive recursive -> recursive(recursive);
      case Plan.Itself itself -> Objects.requireNonNull(rounds.get(itself.name()));
      case Plan.Aggregate aggregate -> aggregate(aggregate);
      case Plan.TopN top -> {
        List<Part> parts = new ArrayList<>(trace(top.input()));
        if (top.rowNumber()) {
          parts.add(new Part(Set.of(), false));
        }
        yield parts;
      }
      case Plan.Hop hop -> {
        List<Part> parts = new ArrayList<>(trace(hop.input()));
        Part time = parts.get(hop.timeColumn()).derived();
        parts.add(time);
        parts.add(time);
        yield parts;
      }
      case Plan.Window window -> {
        List<Part> input = trace(window.input());
        List<Part> parts = new ArrayList<>(input);
        for (Plan.WindowCall call : window.calls()) {
          parts.add(Part.all(call.arguments().stream().map(a -> expr(a, input)).toList()));
        }
        yield parts;
      }
    };
  }

  private List<Part> aggregate(Plan.Aggregate aggregate) {
    List<Part> input = trace(aggregate.input());
    List<Part> parts = new ArrayList<>();
    aggregate.keys().forEach(k -> parts.add(input.get(k)));
    for (Plan.AggregateCall call : aggregate.calls()) {
      parts.add(Part.all(call.arguments().stream().map(input::get).toList()));
    }
    return parts;
  }

  private List<Part> lateral(Plan.Lateral lateral) {
    List<Part> left = trace(lateral.left());
    outer.put(lateral.id(), left);
    List<Part> parts = new ArrayList<>(left);
    parts.addAll(trace(lateral.right()));
    return parts;
  }

  /** Round by round, until another one brings no more origins. */
  private List<Part> recursive(Plan.Recursive recursive) {
    List<Part> parts = trace(recursive.seed()).stream().map(Part::derived).toList();
    List<Part> before;
    do {
      before = parts;
      rounds.put(recursive.name(), parts);
      parts = merged(List.of(parts, trace(recursive.step())));
    } while (!parts.equals(before));
    return parts;
  }

  private List<Part> union(List<Plan> inputs) {
    return merged(inputs.stream().map(this::trace).toList());
  }

  private static List<Part> merged(List<List<Part>> all) {
    List<Part> merged = new ArrayList<>();
    for (int i = 0; i < all.getFirst().size(); i++) {
      int column = i;
      merged.add(Part.all(all.stream().map(parts -> parts.get(column)).toList()));
    }
    return merged;
  }

  private Part expr(Expr expr, List<Part> input) {
    return switch (expr) {
      case Expr.ColumnRef ref -> input.get(ref.index());
      case Expr.OuterRef ref -> Objects.requireNonNull(outer.get(ref.lateral())).get(ref.index());
      case Expr.Literal _ -> new Part(Set.of(), false);
      case Expr.Call call -> Part.all(call.arguments().stream().map(a -> expr(a, input)).toList());
      case Expr.Cast cast -> expr(cast.operand(), input).derived();
      case Expr.Case choice -> {
        List<Part> parts = new ArrayList<>(List.of(expr(choice.otherwise(), input)));
        for (Expr.Case.Branch branch : choice.branches()) {
          parts.add(expr(branch.condition(), input));
          parts.add(expr(branch.value(), input));
        }
        yield Part.all(parts);
      }
    };
  }
}
