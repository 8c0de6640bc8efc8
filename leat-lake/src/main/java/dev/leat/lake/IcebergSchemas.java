package dev.leat.lake;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Types;
import org.apache.parquet.schema.MessageType;

/**
 * Leat's schemas as Iceberg's and Parquet's. Every column is optional there: whether a value may be
 * missing is checked before it comes here, and engines that write Parquet do not say it.
 */
final class IcebergSchemas {
  private IcebergSchemas() {}

  static org.apache.iceberg.Schema iceberg(Schema schema, List<Integer> fieldIds) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      Column column = schema.column(i);
      fields.add(Types.NestedField.optional(fieldIds.get(i), column.name(), type(column.type())));
    }
    return new org.apache.iceberg.Schema(fields);
  }

  static org.apache.iceberg.types.Type.PrimitiveType type(Type type) {
    return switch (type) {
      case Type.Bool _ -> Types.BooleanType.get();
      case Type.Int _ -> Types.IntegerType.get();
      case Type.BigInt _ -> Types.LongType.get();
      case Type.Float64 _ -> Types.DoubleType.get();
      case Type.Decimal d -> Types.DecimalType.of(d.precision(), d.scale());
      case Type.Varchar _ -> Types.StringType.get();
      case Type.Varbinary _ -> Types.BinaryType.get();
      case Type.Date _ -> Types.DateType.get();
      case Type.Timestamp _ -> Types.TimestampType.withoutZone();
    };
  }

  static MessageType parquet(Schema schema, List<Integer> fieldIds) {
    return ParquetSchemaUtil.convert(iceberg(schema, fieldIds), "table");
  }

  /** Field ids of a new table. */
  static List<Integer> firstIds(Schema schema) {
    List<Integer> ids = new ArrayList<>();
    for (int i = 1; i <= schema.size(); i++) {
      ids.add(i);
    }
    return ids;
  }

  /** Whether every column of the same name has the same type, so that rows can stay as they are. */
  static boolean compatible(Schema from, Schema to) {
    return to.columns().stream()
        .allMatch(column -> {
          var old = from.indexOf(column.name());
          return old.isEmpty() || from.column(old.getAsInt()).type().equals(column.type());
        });
  }

  /**
   * Field ids of a changed schema: a column keeps its own, a new one gets one never used.
   *
   * @param lastId the greatest id the table ever used
   */
  static List<Integer> evolve(Schema from, List<Integer> fromIds, int lastId, Schema to) {
    List<Integer> ids = new ArrayList<>();
    int next = lastId;
    for (Column column : to.columns()) {
      var old = from.indexOf(column.name());
      ids.add(old.isPresent() ? fromIds.get(old.getAsInt()) : ++next);
    }
    return ids;
  }

  /** The same change in Iceberg's words; it gives new columns the ids of {@link #evolve}. */
  static void evolve(UpdateSchema update, Schema from, Schema to) {
    for (Column column : from.columns()) {
      if (to.indexOf(column.name()).isEmpty()) {
        update.deleteColumn(column.name());
      }
    }
    for (Column column : to.columns()) {
      var old = from.indexOf(column.name());
      if (old.isEmpty()) {
        update.addColumn(column.name(), type(column.type()));
      } else if (!from.column(old.getAsInt()).name().equals(column.name())) {
        update.renameColumn(from.column(old.getAsInt()).name(), column.name());
      }
    }
    update.commit();
  }
}
