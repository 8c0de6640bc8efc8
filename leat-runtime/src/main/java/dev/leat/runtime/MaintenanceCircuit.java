package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.Consolidation;
import dev.leat.engine.Circuit;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.sql.Plan;
import dev.leat.sql.Plan.Scan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A plan as a list of nodes, inputs before those that read them; equal parts of the plan are one
 * node. A step runs down the list once.
 *
 * <p>After a step has thrown, the circuit is of no use: close it.
 */
final class MaintenanceCircuit implements Circuit {
  private static final long MAGIC = 0x4C65617453746174L; // "LeatStat"
  private static final int VERSION = 1;

  private final Plan plan;
  private final Set<String> appendOnly;
  private final int rowsAtOnce;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Plan, Integer> places = new HashMap<>();
  private final Map<Integer, Scan> scans = new LinkedHashMap<>();

  MaintenanceCircuit(Plan plan, Set<String> appendOnly) {
    this.plan = plan;
    this.appendOnly = appendOnly;
    rowsAtOnce = (int) Math.max(1, Parts.ROWS / windows(plan));
    place(plan);
  }

  /** How many rows a HOP may make of one: so many fewer are taken at once. */
  private static long windows(Plan part) {
    long windows = part.inputs().stream().mapToLong(MaintenanceCircuit::windows).max().orElse(1);
    return part instanceof Plan.Hop hop
        ? windows * Math.ceilDiv(hop.sizeMicros(), hop.slideMicros())
        : windows;
  }

  private int place(Plan part) {
    Integer known = places.get(part);
    if (known != null) {
      return known;
    }
    List<Integer> inputs = part.inputs().stream().map(this::place).toList();
    if (part instanceof Scan scan) {
      scans.put(nodes.size(), scan);
    }
    nodes.add(new Node(operator(part), inputs));
    places.put(part, nodes.size() - 1);
    return nodes.size() - 1;
  }

  private Operator operator(Plan part) {
    return switch (part) {
      case Scan p -> new ScanOperator(p);
      case Plan.Values p -> new ValuesOperator(p);
      case Plan.Filter p -> new FilterOperator(p);
      case Plan.Project p -> new ProjectOperator(p);
      case Plan.UnionAll p -> new UnionAllOperator(p);
      case Plan.Hop p -> new HopOperator(p);
      case Plan.Join p -> new JoinOperator(p);
      case Plan.Aggregate p -> new AggregateOperator(p, keepsRows(p.input()));
      case Plan.Distinct p -> new SetOperator(Plan.SetKind.UNION, p.schema(), 1);
      case Plan.SetOperation p -> new SetOperator(p.kind(), p.schema(), p.inputs().size());
      case Plan.TopN p -> new TopNOperator(p, keepsRows(p.input()));
      case Plan.Sort p -> new SameOperator(p);
      case Plan.Window p -> new WindowOperator(p);
      case Plan.Lateral _, Plan.Recursive _, Plan.Itself _ ->
          throw new IllegalArgumentException(part + " is only recomputed");
    };
  }

  private boolean keepsRows(Plan input) {
    return AppendOnly.is(input, appendOnly);
  }

  @Override
  public Batch start() {
    Batch[] results = new Batch[nodes.size()];
    for (int i = 0; i < results.length; i++) {
      Node node = nodes.get(i);
      results[i] =
          node.start(
              scans.containsKey(i)
                  ? List.of(Batch.empty(scans.get(i).schema()))
                  : inputs(node, results));
    }
    return Consolidation.of(results[results.length - 1]);
  }

  @Override
  public Batch step(Map<String, Batch> changes) {
    Map<String, Batch> net = new HashMap<>();
    int largest = 0;
    for (Map.Entry<String, Batch> change : changes.entrySet()) {
      Batch batch = change.getValue();
      if (!batch.insertOnly()) {
        refuseLoss(change.getKey());
        batch = Consolidation.of(batch);
      }
      net.put(change.getKey(), batch);
      largest = Math.max(largest, batch.size());
    }
    if (largest <= rowsAtOnce) {
      return Consolidation.of(run(net, Node::step));
    }
    Consolidation result = new Consolidation(plan.schema());
    for (int from = 0; from < largest; from += rowsAtOnce) {
      boolean last = from + rowsAtOnce >= largest;
      result.add(run(parts(net, from), last ? Node::step : Node::gather));
    }
    return result.drain();
  }

  private Map<String, Batch> parts(Map<String, Batch> changes, int from) {
    Map<String, Batch> part = new HashMap<>();
    changes.forEach((relation, batch) -> part.put(relation, Parts.from(from, rowsAtOnce, batch)));
    return part;
  }

  @Override
  public Batch fill(String relation, Batch rows) {
    List<Batch> given = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += rowsAtOnce) {
      given.add(run(Map.of(relation, Parts.from(from, rowsAtOnce, rows)), Node::gather));
    }
    return Consolidation.concat(plan.schema(), given);
  }

  @Override
  public Batch filled() {
    return run(Map.of(), Node::step);
  }

  /** Whether a node is to tell what it has gathered. */
  private interface Turn {
    Batch take(Node node, List<Batch> inputs);
  }

  private void refuseLoss(String relation) {
    if (appendOnly.contains(relation)
        && scans.values().stream().anyMatch(s -> s.relation().equals(relation))) {
      throw new LeatException(
          Problem.of(
              ErrorCode.MILL_NOT_APPEND_ONLY,
              "A row is taken from " + relation + ", which was said never to lose one.",
              "Open the table without that promise and fill it from the lake."));
    }
  }

  private Batch run(Map<String, Batch> changes, Turn turn) {
    Batch[] results = new Batch[nodes.size()];
    for (int i = 0; i < results.length; i++) {
      Scan scan = scans.get(i);
      Node node = nodes.get(i);
      List<Batch> inputs =
          scan != null
              ? List.of(changes.getOrDefault(scan.relation(), Batch.empty(scan.schema())))
              : inputs(node, results);
      results[i] = turn.take(node, inputs);
    }
    return results[results.length - 1];
  }

  private static List<Batch> inputs(Node node, Batch[] results) {
    List<Batch> inputs = new ArrayList<>(node.inputs.size());
    for (int input : node.inputs) {
      inputs.add(results[input]);
    }
    return inputs;
  }

  /** What a snapshot must have been taken of to be read: the plan and what it was promised. */
  private long fingerprint() {
    CRC32C sum = new CRC32C();
    String text = plan + "|" + nodes.stream().map(n -> n.operator.form()).toList();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return sum.getValue() << 32 | (text.hashCode() & 0xFFFFFFFFL);
  }

  @Override
  public Frozen freeze() {
    List<Image> images = nodes.stream().map(n -> n.operator.freeze()).toList();
    long fingerprint = fingerprint();
    return (OutputStream target) -> {
      StateOutput out = new StateOutput(target);
      out.writeLong(MAGIC);
      out.writeInt(VERSION);
      out.writeLong(fingerprint);
      for (Image image : images) {
        image.write(out);
      }
      out.end();
    };
  }

  @Override
  public void restore(InputStream source) throws IOException {
    StateInput in = new StateInput(source);
    in.expect(in.readLong() == MAGIC, "beginning: it is no state snapshot");
    in.expect(in.readInt() == VERSION, "version");
    in.expect(in.readLong() == fingerprint(), "plan: it is of another table or definition");
    try {
      for (Node node : nodes) {
        node.operator.restore(in);
      }
    } catch (IndexOutOfBoundsException | NegativeArraySizeException _) {
      in.expect(false, "content");
    }
    in.end();
  }

  @Override
  public List<OperatorReport> report() {
    return nodes.stream().map(Node::report).toList();
  }

  @Override
  public void close() {
    nodes.clear();
  }
}
