package dev.leat.runtime;

import static dev.leat.runtime.Story.minus;
import static dev.leat.runtime.Story.plus;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.sql.Plan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopNStoriesTest {
  private static final Schema NUMBERED =
      Schema.of(Story.KV.column(0), Story.KV.column(1), Column.required("row_number", Type.BIGINT));

  private static Plan least(int limit) {
    Plan.SortKey byValue = new Plan.SortKey(1, false, false);
    return new Plan.TopN(Story.L, List.of(), List.of(byValue), limit, false, Story.KV);
  }

  private static Plan leastNumbered(int limit) {
    Plan.SortKey byValue = new Plan.SortKey(1, false, false);
    return new Plan.TopN(Story.L, List.of(), List.of(byValue), limit, true, NUMBERED);
  }

  /** The place of the row that went is taken by the row that comes last. */
  @Test
  void aFirstRowThatFallsOutAndGoesInOneStepIsTakenBack() {
    Story.of(least(1))
        .left(plus(1, 10))
        .gives(plus(1, 10))
        .left(plus(1, 1), plus(1, 2), plus(1, 3), plus(1, 4), plus(1, 5), minus(1, 10), plus(1, 0))
        .gives(minus(1, 10), plus(1, 0));
  }

  @Test
  void soIsItsNumber() {
    Story.of(leastNumbered(1))
        .left(plus(1, 10))
        .gives(plus(1, 10, 1))
        .left(plus(1, 1), plus(1, 2), plus(1, 3), plus(1, 4), plus(1, 5), minus(1, 10), plus(1, 0))
        .gives(minus(1, 10, 1), plus(1, 0, 1));
  }

  @Test
  void aRowThatWasTakenAwayTooEarlyDoesNotComeFirst() {
    Story.of(least(2))
        .left(plus(1, 5), plus(1, 6))
        .gives(plus(1, 5), plus(1, 6))
        .left(minus(1, 1))
        .gives()
        .left(new Story.Weighted(2, Story.row(1, 1)))
        .gives(plus(1, 1), minus(1, 6))
        .left(minus(1, 1))
        .gives(minus(1, 1), plus(1, 6));
  }

  /** As the ten largest of twenty groups that all grow in one step. */
  @Test
  void allRowsMayBeReplacedInOneStep() {
    Story story = Story.of(least(10));
    List<Story.Weighted> firsts = new ArrayList<>();
    List<Story.Weighted> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(plus(i, 100 + i));
    }
    story.left(rows.toArray(new Story.Weighted[0]));
    for (int i = 0; i < 10; i++) {
      firsts.add(plus(i, 100 + i));
    }
    story.gives(firsts.toArray(new Story.Weighted[0]));
    rows.clear();
    firsts.clear();
    for (int i = 0; i < 20; i++) {
      rows.add(plus(i, i));
      rows.add(minus(i, 100 + i));
    }
    for (int i = 0; i < 10; i++) {
      firsts.add(minus(i, 100 + i));
      firsts.add(plus(i, i));
    }
    story.left(rows.toArray(new Story.Weighted[0])).gives(firsts.toArray(new Story.Weighted[0]));
  }
}
