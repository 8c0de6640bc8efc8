package dev.leat.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns the text of a YAML file into {@link Yaml}, with places and with variables replaced. */
final class YamlReader {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final int DEPTH_MAX = 20;

  private final Function<String, Optional<String>> environment;
  private final Problems problems;

  YamlReader(Function<String, Optional<String>> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** The document of a file that must be a mapping; empty when it is not, which is then told. */
  Optional<Yaml.Mapping> mapping(String file, String text) {
    Optional<Yaml> document = document(file, text);
    if (document.isEmpty()) {
      return Optional.empty();
    }
    if (document.get() instanceof Yaml.Mapping mapping) {
      return Optional.of(mapping);
    }
    if (document.get() instanceof Yaml.Scalar scalar && scalar.written().isEmpty()) {
      return Optional.of(new Yaml.Mapping(scalar.at(), List.of()));
    }
    problems.add(
        document.get().at(),
        ErrorCode.WRONG_VALUE,
        "Expected keys and values, found " + document.get().describe() + ".",
        "Write `key: value` lines.");
    return Optional.empty();
  }

  private Optional<Yaml> document(String file, String text) {
    var settings = LoadSettings.builder().setLabel(file).setAllowNonScalarKeys(true).build();
    try {
      Optional<Node> node = new Compose(settings).composeString(text);
      Yaml nothing = new Yaml.Scalar(Location.start(file), "", "", List.of());
      return Optional.of(node.map(n -> convert(file, n, 0)).orElse(nothing));
    } catch (MarkedYamlEngineException e) {
      Location at = e.getProblemMark().map(m -> at(file, m)).orElse(Location.start(file));
      syntax(at, e.getProblem());
    } catch (Unreadable e) {
      syntax(e.at, String.valueOf(e.getMessage()));
    } catch (YamlEngineException e) {
      syntax(Location.start(file), String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  /** YAML that is well-formed and yet nothing that a folder's file can say. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Location at;

    Unreadable(Location at, String what) {
      super(what);
      this.at = at;
    }
  }

  private void syntax(Location at, String what) {
    problems.add(
        at,
        ErrorCode.YAML_SYNTAX,
        "The YAML is not well-formed: " + what.strip().replaceFirst("\\.$", "") + ".",
        "Check indentation, quotes and brackets here and in the line before.");
  }

  private Yaml convert(String file, Node node, int depth) {
    Location at = at(file, node);
    if (depth > DEPTH_MAX) {
      throw new Unreadable(at, "nested deeper than " + DEPTH_MAX + " levels");
    }
    return switch (node) {
      case MappingNode mapping -> mapping(file, at, mapping, depth);
      case SequenceNode sequence ->
          new Yaml.Items(
              at, sequence.getValue().stream().map(n -> convert(file, n, depth + 1)).toList());
      case ScalarNode scalar -> scalar(at, scalar);
      default -> throw new Unreadable(at, "an anchor that stands for nothing");
    };
  }

  private Yaml mapping(String file, Location at, MappingNode node, int depth) {
    var entries = new ArrayList<Yaml.Entry>();
    var seen = new HashSet<String>();
    for (NodeTuple tuple : node.getValue()) {
      Location keyAt = at(file, tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new Unreadable(keyAt, "a key that is not text; values with braces need quotes");
      }
      if (seen.add(key.getValue())) {
        Yaml value = convert(file, tuple.getValueNode(), depth + 1);
        entries.add(new Yaml.Entry(keyAt, key.getValue(), value));
      } else {
        problems.add(
            keyAt,
            ErrorCode.DUPLICATE_NAME,
            "Key `" + key.getValue() + "` stands here twice.",
            "Keep one of the two.");
      }
    }
    return new Yaml.Mapping(at, List.copyOf(entries));
  }

  private Yaml.Scalar scalar(Location at, ScalarNode node) {
    boolean nothing = node.getTag().equals(Tag.NULL);
    String value = nothing ? "" : node.getValue();
    String written = value.isEmpty() && !nothing ? "\"\"" : value;
    var missing = new ArrayList<String>();
    String text =
        VARIABLE
            .matcher(value)
            .replaceAll(match -> {
              Optional<String> found = environment.apply(match.group(1));
              if (found.isEmpty()) {
                missing.add(match.group(1));
              }
              found.ifPresent(v -> problems.hide(match.group(), v));
              return Matcher.quoteReplacement(found.orElse(""));
            });
    return new Yaml.Scalar(at, written, text, List.copyOf(missing));
  }

  private static Location at(String file, Node node) {
    return node.getStartMark().map(m -> at(file, m)).orElse(Location.start(file));
  }

  private static Location at(String file, Mark mark) {
    return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
