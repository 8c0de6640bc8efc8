package dev.leat.engine;

import dev.leat.sql.Plan;
import java.util.Optional;

/** Keeps plans live. */
public interface Engine {

  /** Why a plan cannot be kept live here; empty when it can. */
  Optional<String> refusal(Plan plan);

  /** A circuit for a plan that is not refused, over empty inputs. */
  Circuit open(Plan plan);
}
