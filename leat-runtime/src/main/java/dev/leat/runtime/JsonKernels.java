package dev.leat.runtime;

import static dev.leat.runtime.Rowwise.string;

import dev.leat.data.Vector;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import java.util.Optional;

/** Access to fields of JSON text. */
final class JsonKernels {
  private JsonKernels() {}

  static Kernel kernel(Expr.Call call) {
    Json.Path path =
        Json.Path.parse(
            call.arguments().size() > 1 ? TextKernels.constant(call.arguments().get(1)) : "$");
    return switch (call.function()) {
      case JSON_VALUE ->
          Rowwise.appending(
              Type.VARCHAR,
              (a, i, r) ->
                  found(a, i, path)
                      .flatMap(Json.Found::scalar)
                      .ifPresentOrElse(r::append, r::appendNull));
      case JSON_EXISTS -> Rowwise.longs((a, i) -> found(a, i, path).isPresent() ? 1 : 0);
      case JSON_ARRAY_LENGTH ->
          Rowwise.appending(
              Type.BIGINT,
              (a, i, r) ->
                  found(a, i, path)
                      .flatMap(Json.Found::elements)
                      .ifPresentOrElse(r::append, r::appendNull));
      default -> throw new IllegalArgumentException(call.function().name());
    };
  }

  private static Optional<Json.Found> found(Vector[] arguments, int row, Json.Path path) {
    return Json.find(string(arguments, 0, row), path);
  }
}
