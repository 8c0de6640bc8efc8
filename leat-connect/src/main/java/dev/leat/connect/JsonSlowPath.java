package dev.leat.connect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.leat.data.BatchBuilder;
import dev.leat.data.VectorBuilder;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All of JSON, at the speed of a general parser; finds the reason when a record is bad. */
final class JsonSlowPath {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private enum Form {
    ABSENT,
    NULL,
    STRING,
    NUMBER,
    TRUE,
    FALSE,
    OBJECT,
    ARRAY
  }

  /** How values are written. */
  enum Spelling {
    /** Each in its own form. */
    JSON,
    /** Any of them may be a text in the form of {@link Values}, as in the rows of a database. */
    TEXTS
  }

  private final Schema schema;
  private final JsonShape shape;
  private final Spelling spelling;
  private final Map<String, Integer> columns = new HashMap<>();
  private final Set<String> parents = new HashSet<>();
  private final Form[] forms;
  private final String[] texts;
  private final int[] depths;

  JsonSlowPath(Schema schema, JsonShape shape, Spelling spelling) {
    this.schema = schema;
    this.shape = shape;
    this.spelling = spelling;
    forms = new Form[schema.size()];
    texts = new String[schema.size()];
    depths = new int[schema.size()];
    for (int i = 0; i < schema.size(); i++) {
      String name = schema.column(i).name().toLowerCase(Locale.ROOT);
      columns.put(name, i);
      for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
        parents.add(name.substring(0, dot));
      }
    }
  }

  Optional<Fault> parse(byte[] data, int start, int end, BatchBuilder into) {
    if (start == end) {
      return Optional.of(Fault.ofRow("the record is empty, expected a JSON object"));
    }
    if (!Utf8.valid(data, start, end) || hasEarlyZero(data, start, end)) {
      return Optional.of(Fault.ofRow("the record is not UTF-8 text"));
    }
    Arrays.fill(forms, Form.ABSENT);
    try (JsonParser parser = FACTORY.createParser(data, start, end - start)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.of(Fault.ofRow("expected a JSON object"));
      }
      Optional<Fault> fault = object(parser, data, start, "", 0);
      if (fault.isPresent()) {
        return fault;
      }
      if (parser.nextToken() != null) {
        return Optional.of(Fault.ofRow("more follows the JSON object"));
      }
    } catch (JsonProcessingException e) {
      return Optional.of(Fault.ofRow(Fault.notJson(e)));
    } catch (IOException e) {
      return Optional.of(Fault.ofRow("not valid JSON: " + e.getMessage()));
    }
    return appendRow(into);
  }

  /** Text in UTF-16 or UTF-32 would be read as such. */
  private static boolean hasEarlyZero(byte[] data, int start, int end) {
    for (int i = start; i < Math.min(end, start + 4); i++) {
      if (data[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private Optional<Fault> object(
      JsonParser parser, byte[] data, int start, String parent, int depth) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      String path = (parent + key).toLowerCase(Locale.ROOT);
      int column = columns.getOrDefault(path, JsonShape.IGNORED);
      boolean isParent = parents.contains(path);
      JsonToken token = parser.nextToken();
      if (depth == 0 && !isParent) {
        learn(key, column);
      }
      int from = (int) parser.currentTokenLocation().getByteOffset();
      if (token == JsonToken.START_OBJECT && isParent) {
        Optional<Fault> fault = object(parser, data, start, path + ".", depth + 1);
        if (fault.isPresent()) {
          return fault;
        }
      } else if (token != null && token.isStructStart()) {
        parser.skipChildren();
      }
      if (column != JsonShape.IGNORED) {
        if (forms[column] != Form.ABSENT && depths[column] == depth) {
          return Optional.of(new Fault(schema.column(column).name(), "the key stands twice"));
        }
        if (forms[column] == Form.ABSENT || depths[column] > depth) {
          keep(parser, token, data, start + from, start, column);
          depths[column] = depth;
        }
      } else if (token != null && token.isScalarValue()) {
        parser.finishToken();
      }
    }
    return Optional.empty();
  }

  private void learn(String key, int column) {
    boolean plain = key.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\');
    if (plain && !Character.isSurrogate(key.isEmpty() ? ' ' : key.charAt(0))) {
      byte[] quoted = ("\"" + key + "\"").getBytes(StandardCharsets.UTF_8);
      if (shape.find(quoted, 0, quoted.length, 0) == JsonShape.NOT_FOUND) {
        shape.learn(key, column);
      }
    }
  }

  private void keep(
      JsonParser parser, JsonToken token, byte[] data, int from, int start, int column)
      throws IOException {
    forms[column] =
        switch (token) {
          case VALUE_NULL -> Form.NULL;
          case VALUE_STRING -> Form.STRING;
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Form.NUMBER;
          case VALUE_TRUE -> Form.TRUE;
          case VALUE_FALSE -> Form.FALSE;
          case START_OBJECT -> Form.OBJECT;
          case START_ARRAY -> Form.ARRAY;
          default -> throw new IllegalStateException("token " + token);
        };
    texts[column] =
        switch (forms[column]) {
          case OBJECT, ARRAY -> {
            int to = start + (int) parser.currentLocation().getByteOffset();
            yield new String(data, from, to - from, StandardCharsets.UTF_8);
          }
          case ABSENT, NULL, STRING, NUMBER, TRUE, FALSE -> parser.getText();
        };
  }

  private Optional<Fault> appendRow(BatchBuilder into) {
    for (int i = 0; i < forms.length; i++) {
      Column column = schema.column(i);
      if (forms[i] == Form.ABSENT || forms[i] == Form.NULL) {
        if (!column.nullable()) {
          into.cancelRow();
          return Optional.of(
              new Fault(
                  column.name(),
                  forms[i] == Form.NULL ? "required, but null" : "required, but missing"));
        }
        into.column(i).appendNull();
      } else if (!append(column.type(), forms[i], texts[i], into.column(i))) {
        into.cancelRow();
        return Optional.of(
            new Fault(column.name(), Values.expected(column.type(), shown(forms[i], texts[i]))));
      }
    }
    into.endRow(1);
    return Optional.empty();
  }

  private static String shown(Form form, String text) {
    return form == Form.STRING ? "\"" + text + "\"" : text;
  }

  private boolean append(Type type, Form form, String text, VectorBuilder into) {
    boolean spelled = spelling == Spelling.TEXTS && form == Form.STRING;
    return spelled && !(type instanceof Type.Varchar)
        ? appendString(type, text, into)
        : appendJson(type, form, text, into);
  }

  private static boolean appendJson(Type type, Form form, String text, VectorBuilder into) {
    return switch (type) {
      case Type.Varchar _ -> appendText(text, into);
      case Type.Bool _ -> appendBoolean(form, into);
      case Type.Int _, Type.BigInt _ ->
          form == Form.NUMBER && Values.appendNumber(type, text, into);
      case Type.Float64 _ -> appendDouble(form, text, into);
      case Type.Decimal _, Type.Timestamp _ ->
          form == Form.NUMBER
              ? Values.appendNumber(type, text, into)
              : form == Form.STRING && appendString(type, text, into);
      case Type.Date _, Type.Varbinary _ -> form == Form.STRING && appendString(type, text, into);
    };
  }

  /** Refuses half a surrogate pair, which no UTF-8 can hold. */
  private static boolean appendText(String text, VectorBuilder into) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    into.append(text);
    return true;
  }

  private static boolean appendBoolean(Form form, VectorBuilder into) {
    boolean fits = form == Form.TRUE || form == Form.FALSE;
    if (fits) {
      into.append(form == Form.TRUE ? 1L : 0L);
    }
    return fits;
  }

  private static boolean appendDouble(Form form, String text, VectorBuilder into) {
    boolean named = text.equals("NaN") || text.endsWith("Infinity");
    return (form == Form.NUMBER || (form == Form.STRING && named))
        && Values.appendDouble(text, into);
  }

  private static boolean appendString(Type type, String text, VectorBuilder into) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Values.append(type, bytes, 0, bytes.length, into);
  }
}
