package dev.leat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds the reference pages to the code. */
class ReferenceDocsTest {

  @Test
  void theFolderPageSaysWhatTheReaderChecks() throws IOException {
    new GeneratedFile("docs/reference/folder.md").mustBe(FolderReference.page());
  }

  /** Headings and whose turn it is come from the code; what to do is written by hand and kept. */
  @Test
  void everyErrorHasASection() throws IOException {
    var page = new GeneratedFile("docs/errors.md");
    Map<String, String> advice = sections(Files.readString(page.file()));
    var text = new StringBuilder(advice.getOrDefault("", ""));
    for (ErrorCode code : ErrorCode.values()) {
      text.append("## ").append(code.id()).append(": ").append(code.title()).append("\n\n");
      text.append("Whose turn: ").append(turn(code.blame())).append("\n\n");
      String body = advice.getOrDefault(code.id(), "").strip();
      assertThat(body).as("docs/errors.md says nothing on what to do about %s", code).isNotEmpty();
      text.append(body).append("\n\n");
    }
    page.mustBe(text.toString());
  }

  private static String turn(ErrorCode.Blame blame) {
    return switch (blame) {
      case USER -> "yours.";
      case NOT_YET -> "ours: it is not built yet.";
      case BUG -> "ours: it is a bug. Please report it.";
      case RESOURCES -> "whoever runs the machine, network or service it names.";
    };
  }

  /** What stands under each heading, without the generated lines; the text before them under "". */
  private static Map<String, String> sections(String page) {
    var sections = new LinkedHashMap<String, String>();
    for (String part : page.split("(?m)^(?=## LEAT-)")) {
      if (!part.startsWith("## ")) {
        sections.put("", part);
        continue;
      }
      String id = part.substring(3, part.indexOf(':'));
      sections.put(id, part.replaceFirst("(?s)\\A## .*?\\n+(Whose turn: .*?\\n+)?", ""));
    }
    return sections;
  }
}
