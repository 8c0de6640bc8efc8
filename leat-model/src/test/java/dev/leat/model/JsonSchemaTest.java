package dev.leat.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/** Holds docs/schemas to {@link FolderKeys}, and the schemas to the reader. */
class JsonSchemaTest {
  private static final Map<String, Shape> SCHEMAS = new LinkedHashMap<>();

  static {
    SCHEMAS.put("leat", FolderKeys.PROJECT);
    SCHEMAS.put("source", FolderKeys.SOURCE);
    SCHEMAS.put("inferred", FolderKeys.INFERRED);
    SCHEMAS.put("table-header", FolderKeys.TABLE_HEADER);
    SCHEMAS.put("metrics", FolderKeys.METRICS);
    SCHEMAS.put("dashboard", FolderKeys.DASHBOARD);
  }

  static Stream<String> names() {
    return SCHEMAS.keySet().stream();
  }

  private static String text(String name) {
    return JsonSchemas.text("Leat: " + name, Objects.requireNonNull(SCHEMAS.get(name)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aSchemaSaysWhatTheKeysSay(String name) throws IOException {
    new GeneratedFile("docs/schemas/" + name + ".schema.json").mustBe(text(name));
  }

  @Test
  void aValidFolderFollowsTheSchemas() throws IOException {
    var files = FolderCase.read(ProjectReaderTest.CASES.resolve("valid-wheels.txt")).files();
    for (var file : files.entrySet()) {
      if (file.getKey().matches("(leat|(sources|metrics|dashboards)/.*)\\.yaml")) {
        assertThat(faults(schemaOf(file.getKey()), file.getValue())).as(file.getKey()).isEmpty();
      }
    }
  }

  @Test
  void theExampleFollowsTheSchemas() throws IOException {
    Path wheels = Path.of("../examples/wheels");
    try (Stream<Path> files = Files.walk(wheels)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        String name = wheels.relativize(file).toString();
        if (!name.startsWith(".")) {
          assertThat(faults(schemaOf(name), Files.readString(file))).as(name).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aSchemaRefusesKeysThatAreNotKnown(String name) {
    assertThat(faults(name, "no_such_key: 1\n")).isNotEmpty();
  }

  @Test
  void aSchemaRefusesWhatTheReaderRefuses() {
    assertThat(faults("leat", "name: x\nepoch: {every: soon}\n")).isNotEmpty();
    assertThat(faults("leat", "teams: {}\n")).isNotEmpty();
    assertThat(faults("source", "kind: htp\ntables: {}\n")).isNotEmpty();
    assertThat(faults("source", "kind: http\ntables: {t: {every: 10s}}\n")).isNotEmpty();
    assertThat(faults("dashboard", "panels: [{title: A, kind: pie}]\n")).isNotEmpty();
    assertThat(faults("dashboard", "panels: [{title: A, kind: bar}]\n")).isEmpty();
  }

  private static String schemaOf(String path) {
    if (path.endsWith(".schema.yaml")) {
      return "inferred";
    }
    return path.equals("leat.yaml")
        ? "leat"
        : path.split("/")[0].replaceAll("(source|dashboard)s", "$1");
  }

  private static List<String> faults(String name, String yaml) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text(name));
    Object value = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    String json = JsonMapper.shared().writeValueAsString(value);
    return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
  }
}
