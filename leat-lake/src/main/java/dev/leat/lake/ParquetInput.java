package dev.leat.lake;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.VectorBuilder;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** Reads a Parquet file column by column into batches. Columns are found by their field ids. */
final class ParquetInput {
  private static final int BATCH_ROWS = 16_384;

  private ParquetInput() {}

  /** Takes batches of a file in the file's order. */
  interface Sink {
    /**
     * @param firstPosition the position in the file of the batch's first row
     */
    void accept(Batch batch, long firstPosition) throws IOException;
  }

  /** Reads every row of a file, each with weight 1; columns the file does not have are NULL. */
  static void read(Path path, Schema schema, List<Integer> fieldIds, Sink sink) throws IOException {
    try (ParquetFileReader reader = open(path)) {
      MessageType file = reader.getFooter().getFileMetaData().getSchema();
      String writer = reader.getFooter().getFileMetaData().getCreatedBy();
      List<@Nullable ColumnDescriptor> columns = columns(file, fieldIds);
      reader.setRequestedSchema(wanted(file, columns));
      long position = 0;
      for (PageReadStore group = reader.readNextRowGroup();
          group != null;
          group = reader.readNextRowGroup()) {
        readGroup(group, file, writer, columns, schema, position, sink);
        position += group.getRowCount();
      }
    }
  }

  /** With options of its own: they hold the decompressors, which are for one reader at a time. */
  private static ParquetFileReader open(Path path) throws IOException {
    return ParquetFileReader.open(
        new LocalInputFile(path),
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build());
  }

  /** The names of a file's columns by their field ids; a column without one is left out. */
  static Map<Integer, String> fieldIds(Path path) throws IOException {
    try (ParquetFileReader reader = open(path)) {
      Map<Integer, String> ids = new HashMap<>();
      for (org.apache.parquet.schema.Type field :
          reader.getFooter().getFileMetaData().getSchema().getFields()) {
        if (field.getId() != null) {
          ids.put(field.getId().intValue(), field.getName());
        }
      }
      return ids;
    }
  }

  private static List<@Nullable ColumnDescriptor> columns(
      MessageType file, List<Integer> fieldIds) {
    Map<Integer, ColumnDescriptor> byId = new HashMap<>();
    for (ColumnDescriptor column : file.getColumns()) {
      org.apache.parquet.schema.Type.ID id = column.getPrimitiveType().getId();
      if (id != null) {
        byId.put(id.intValue(), column);
      }
    }
    List<@Nullable ColumnDescriptor> found = new ArrayList<>();
    for (Integer id : fieldIds) {
      found.add(byId.get(id));
    }
    return found;
  }

  private static MessageType wanted(MessageType file, List<@Nullable ColumnDescriptor> columns) {
    List<org.apache.parquet.schema.Type> fields = new ArrayList<>();
    for (ColumnDescriptor column : columns) {
      if (column != null) {
        fields.add(file.getType(column.getPath()));
      }
    }
    return new MessageType(file.getName(), fields);
  }

  private static void readGroup(
      PageReadStore group,
      MessageType file,
      String writer,
      List<@Nullable ColumnDescriptor> columns,
      Schema schema,
      long position,
      Sink sink)
      throws IOException {
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(group, IGNORE, wanted(file, columns), writer);
    List<@Nullable ColumnReader> readers = new ArrayList<>();
    for (ColumnDescriptor column : columns) {
      readers.add(column == null ? null : store.getColumnReader(column));
    }
    long left = group.getRowCount();
    while (left > 0) {
      int rows = (int) Math.min(BATCH_ROWS, left);
      BatchBuilder builder = new BatchBuilder(schema);
      for (int i = 0; i < readers.size(); i++) {
        fill(builder.column(i), schema.column(i).type(), readers.get(i), rows);
      }
      for (int i = 0; i < rows; i++) {
        builder.endRow(1);
      }
      sink.accept(builder.build(), position + group.getRowCount() - left);
      left -= rows;
    }
  }

  private static void fill(
      VectorBuilder target, Type type, @Nullable ColumnReader reader, int rows) {
    if (reader == null) {
      for (int i = 0; i < rows; i++) {
        target.appendNull();
      }
      return;
    }
    int present = reader.getDescriptor().getMaxDefinitionLevel();
    PrimitiveTypeName stored = reader.getDescriptor().getPrimitiveType().getPrimitiveTypeName();
    for (int i = 0; i < rows; i++) {
      if (reader.getCurrentDefinitionLevel() == present) {
        append(target, type, stored, reader);
      } else {
        target.appendNull();
      }
      reader.consume();
    }
  }

  private static void append(
      VectorBuilder target, Type type, PrimitiveTypeName stored, ColumnReader reader) {
    switch (stored) {
      case BOOLEAN -> target.append(reader.getBoolean() ? 1L : 0L);
      case INT32 -> target.append((long) reader.getInteger());
      case INT64 -> target.append(reader.getLong());
      case FLOAT -> target.append((double) reader.getFloat());
      case DOUBLE -> target.append(reader.getDouble());
      case BINARY -> {
        byte[] bytes = reader.getBinary().getBytesUnsafe();
        target.append(bytes, 0, bytes.length);
      }
      case INT96, FIXED_LEN_BYTE_ARRAY ->
          throw new IllegalStateException(type.sql() + " stored as " + stored);
    }
  }

  /** Values are asked for, never pushed. */
  private static final GroupConverter IGNORE =
      new GroupConverter() {
        @Override
        public Converter getConverter(int field) {
          return new PrimitiveConverter() {
            @Override
            public void addBinary(Binary value) {}
          };
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
      };
}
