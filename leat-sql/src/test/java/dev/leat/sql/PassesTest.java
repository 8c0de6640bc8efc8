package dev.leat.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.Test;

class PassesTest {
  @Test
  void aPassThatFailsIsPassedOverAndSaysWhy() {
    RelNode tree = tree();
    Passes passes = new Passes(List.of(failing(Passes.Kind.OPTIONAL), failing(Passes.Kind.PLAIN)));
    assertThat(passes.run(tree)).isSameAs(tree);
    assertThat(passes.traces())
        .extracting(CompilerPass::failure)
        .containsExactly(
            Optional.empty(),
            Optional.of("java.lang.AssertionError: no rule"),
            Optional.of("java.lang.AssertionError: no rule"));
  }

  @Test
  void noPlanIsMadeWithoutARequiredPass() {
    Passes passes = new Passes(List.of(failing(Passes.Kind.REQUIRED)));
    assertThatThrownBy(() -> passes.run(tree())).isInstanceOf(AssertionError.class);
  }

  private static Passes.Pass failing(Passes.Kind kind) {
    return new Passes.Pass(
        "failing",
        kind,
        tree -> {
          throw new AssertionError("no rule");
        });
  }

  private static RelNode tree() {
    SqlFrontend frontend = new SqlFrontend(Fixtures.CATALOG, "SELECT id FROM orders", "t.sql");
    return frontend.relations(frontend.parse(), Optional.empty()).rel;
  }
}
