package dev.leat.lake;

import dev.leat.data.Batch;
import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.model.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** Writes rows of batches to one Parquet file, straight from their columns. */
final class ParquetOutput implements AutoCloseable {
  private static final int PAGE_ROWS = 20_000;
  private static final long ROW_GROUP_BYTES = 64L << 20;

  private final ParquetWriter<Row> writer;
  private final Row row = new Row();
  private long rows;

  /** A row of a batch; moved along instead of made anew. */
  private static final class Row {
    List<Vector> columns = List.of();
    int index;
  }

  /** How a file is stored. */
  enum Storage {
    /** Soon written again, as a tail or merged with others: as quickly as can be. */
    PLAIN,
    /** To stay: dictionaries and Zstandard. */
    COMPRESSED
  }

  ParquetOutput(LakeIO io, Path path, Schema schema, List<Integer> fieldIds, Storage storage)
      throws IOException {
    MessageType type = IcebergSchemas.parquet(schema, fieldIds);
    Builder builder =
        new Builder(new LakeIO.ParquetFile(io, path), type)
            .withConf(new PlainParquetConfiguration())
            .withCompressionCodec(
                storage == Storage.PLAIN
                    ? CompressionCodecName.UNCOMPRESSED
                    : CompressionCodecName.ZSTD)
            .withDictionaryEncoding(storage == Storage.COMPRESSED)
            .withRowGroupSize(ROW_GROUP_BYTES)
            .withPageRowCountLimit(PAGE_ROWS);
    if (storage == Storage.PLAIN) {
      texts(type).forEach(name -> builder.withStatisticsEnabled(name, false));
    }
    this.writer = builder.build();
  }

  /** Finding the least and the greatest text of a column takes as long as writing it. */
  private static List<String> texts(MessageType type) {
    return type.getFields().stream()
        .filter(f -> f.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY)
        .map(Type::getName)
        .toList();
  }

  /** Writes a row of a batch as often as said. */
  void write(Batch batch, int index, long times) throws IOException {
    row.columns = batch.columns();
    row.index = index;
    for (long i = 0; i < times; i++) {
      writer.write(row);
    }
    rows += times;
  }

  long rows() {
    return rows;
  }

  /** What Iceberg wants to know of the file; after {@link #close}. */
  Metrics metrics() {
    return ParquetUtil.footerMetrics(
        writer.getFooter(), Stream.empty(), MetricsConfig.getDefault());
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
    private final MessageType type;

    Builder(OutputFile file, MessageType type) {
      super(file);
      this.type = type;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
      return new Support(type);
    }

    @Override
    protected WriteSupport<Row> getWriteSupport(ParquetConfiguration configuration) {
      return new Support(type);
    }
  }

  private static final class Support extends WriteSupport<Row> {
    private final MessageType type;
    private final PrimitiveType[] fields;
    private final String[] names;
    private RecordConsumer consumer = NONE;

    Support(MessageType type) {
      this.type = type;
      this.fields =
          type.getFields().stream().map(f -> f.asPrimitiveType()).toArray(PrimitiveType[]::new);
      this.names = type.getFields().stream().map(f -> f.getName()).toArray(String[]::new);
    }

    @Override
    public WriteContext init(Configuration configuration) {
      return new WriteContext(type, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(type, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      consumer = recordConsumer;
    }

    @Override
    public void write(Row row) {
      consumer.startMessage();
      for (int column = 0; column < fields.length; column++) {
        Vector vector = row.columns.get(column);
        if (!vector.isNull(row.index)) {
          consumer.startField(names[column], column);
          add(vector, row.index, fields[column]);
          consumer.endField(names[column], column);
        }
      }
      consumer.endMessage();
    }

    private void add(Vector vector, int index, PrimitiveType field) {
      switch (vector) {
        case LongVector v -> addLong(v.values()[index], field);
        case DoubleVector v -> consumer.addDouble(v.values()[index]);
        case BytesVector v ->
            consumer.addBinary(
                Binary.fromReusedByteArray(v.data(), v.start(index), v.length(index)));
      }
    }

    private void addLong(long value, PrimitiveType field) {
      switch (field.getPrimitiveTypeName()) {
        case BOOLEAN -> consumer.addBoolean(value != 0);
        case INT32 -> consumer.addInteger(Math.toIntExact(value));
        case INT64 -> consumer.addLong(value);
        case FLOAT, DOUBLE, BINARY, INT96, FIXED_LEN_BYTE_ARRAY ->
            throw new IllegalStateException("a whole number for " + field);
      }
    }
  }

  private static final RecordConsumer NONE =
      new RecordConsumer() {
        @Override
        public void startMessage() {
          throw new IllegalStateException("not prepared");
        }

        @Override
        public void endMessage() {}

        @Override
        public void startField(String field, int index) {}

        @Override
        public void endField(String field, int index) {}

        @Override
        public void startGroup() {}

        @Override
        public void endGroup() {}

        @Override
        public void addInteger(int value) {}

        @Override
        public void addLong(long value) {}

        @Override
        public void addBoolean(boolean value) {}

        @Override
        public void addBinary(Binary value) {}

        @Override
        public void addFloat(float value) {}

        @Override
        public void addDouble(double value) {}
      };
}
