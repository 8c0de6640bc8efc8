package dev.leat.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import dev.leat.model.Column;
import dev.leat.model.LeatException;
import dev.leat.model.Location;
import dev.leat.model.SourceTable;
import dev.leat.model.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class AvroRecordParserTest {
  private static final String AVSC =
      """
      {"type":"record","name":"Order","fields":[
        {"name":"id","type":"long"},
        {"name":"note","type":["null","string"],"default":null},
        {"name":"day","type":{"type":"int","logicalType":"date"}},
        {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
        {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
        {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["A","B"]}},
        {"name":"place","type":["null",{"type":"record","name":"Place","fields":[
           {"name":"lat","type":"double"}]}]},
        {"name":"tags","type":{"type":"array","items":"string"}}]}
      """;
  private static final Schema WRITTEN = new Schema.Parser().parse(AVSC);
  private static final Contract CONTRACT =
      new Contract(
          "orders",
          dev.leat.model.Schema.of(
              Column.required("ID", Type.BIGINT),
              Column.optional("note", Type.VARCHAR),
              Column.optional("day", Type.DATE),
              Column.optional("at", Type.TIMESTAMP),
              Column.optional("price", Type.decimal(10, 3)),
              Column.optional("kind", Type.VARCHAR),
              Column.optional("place.lat", Type.DOUBLE),
              Column.optional("tags", Type.VARCHAR)),
          List.of());

  @Test
  void aSchemaThatDoesNotFitIsToldWithItsTablesPlace() {
    for (String avsc : List.of("no JSON", "\"string\"", AVSC.replace("\"id\"", "\"number\""))) {
      SourceTable table =
          new SourceTable(
              "orders",
              new Location("sources/shop.yaml", 4, 3),
              Optional.empty(),
              Optional.of(CONTRACT.schema()),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              Map.of(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              new SourceTable.Encoding.Avro(avsc));
      assertThatThrownBy(() -> RecordParser.of(table))
          .hasMessageContaining("sources/shop.yaml:4:3 LEAT-3002");
    }
  }

  @Test
  void everyLogicalTypeIsRead() throws IOException {
    byte[] plain = encode(record(7));
    byte[] framed = new byte[plain.length + 5];
    System.arraycopy(plain, 0, framed, 5, plain.length);
    framed[4] = 42;
    BatchBuilder into = new BatchBuilder(CONTRACT.schema());
    AvroRecordParser parser = new AvroRecordParser(CONTRACT, AVSC);
    assertThat(parse(parser, plain, into)).isEmpty();
    assertThat(parse(parser, framed, into)).isEmpty();
    List<String> expected =
        List.of("7", "NULL", "19782", "1700000000123000", "12340", "B", "1.5", "[\"x\", \"y\"]");
    assertThat(JsonRecordParserTest.rows(into.build())).containsExactly(expected, expected);
  }

  /** Whatever the bytes: a row or a fault, never an exception, and the batch stays whole. */
  @Test
  void damagedRecordsAreRefused() throws IOException {
    byte[] good = encode(record(7));
    AvroRecordParser parser = new AvroRecordParser(CONTRACT, AVSC);
    BatchBuilder into = new BatchBuilder(CONTRACT.schema());
    int refused = 0;
    for (long seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      byte[] bytes =
          random.nextBoolean() ? good.clone() : Arrays.copyOf(good, random.nextInt(good.length));
      for (int i = 0; i < 1 + random.nextInt(3) && bytes.length > 0; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      refused += parse(parser, bytes, into).isPresent() ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(1000);
    assertThat(into.build().size()).isEqualTo(3000 - refused);
  }

  @Test
  void aLengthOfTwoThousandMillionIsRefusedWithoutTakingMemory() {
    byte[] hostile = {2, 2, (byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0E, 'a', 'b'};
    assertThat(
            parse(
                new AvroRecordParser(CONTRACT, AVSC), hostile, new BatchBuilder(CONTRACT.schema())))
        .contains(Fault.ofRow("not a record of the Avro schema"));
  }

  @Test
  void aSchemaThatDoesNotFitTheContractIsTold() {
    assertThatThrownBy(() ->
            new AvroRecordParser(CONTRACT, "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}"))
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("no field for column ID");
    assertThatThrownBy(() -> new AvroRecordParser(CONTRACT, "{")).hasMessageContaining("LEAT-3002");
  }

  private static GenericRecord record(long id) {
    GenericRecord place =
        new GenericData.Record(WRITTEN.getField("place").schema().getTypes().get(1));
    place.put("lat", 1.5);
    GenericRecord record = new GenericData.Record(WRITTEN);
    record.put("id", id);
    record.put("day", 19782);
    record.put("at", 1_700_000_000_123L);
    record.put("price", ByteBuffer.wrap(BigInteger.valueOf(1234).toByteArray()));
    record.put("kind", new GenericData.EnumSymbol(WRITTEN.getField("kind").schema(), "B"));
    record.put("place", place);
    record.put("tags", List.of("x", "y"));
    return record;
  }

  private static byte[] encode(GenericRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(WRITTEN).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static Optional<Fault> parse(AvroRecordParser parser, byte[] bytes, BatchBuilder into) {
    return parser.parse(
        Arrays.copyOf(bytes, bytes.length + BytesVector.PADDING), 0, bytes.length, into);
  }

  private static byte[] encode(Schema schema, Object record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<Object>(schema).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  @Test
  void aFieldOfOneBranchIsNotTakenFromAnother() throws IOException {
    String avsc =
        """
        {"type":"record","name":"Event","fields":[{"name":"what","type":["null",
          {"type":"record","name":"Placed","fields":[
            {"name":"at","type":"long"},{"name":"order","type":"long"}]},
          {"type":"record","name":"Paid","fields":[
            {"name":"order","type":"long"},{"name":"cents","type":"long"}]},
          {"type":"record","name":"Ping","fields":[]},
          "string"]}]}
        """;
    Schema schema = new Schema.Parser().parse(avsc);
    List<Schema> branches = schema.getField("what").schema().getTypes();
    Contract contract =
        new Contract(
            "events",
            dev.leat.model.Schema.of(
                Column.optional("what.order", Type.BIGINT),
                Column.optional("what.cents", Type.BIGINT)),
            List.of());
    GenericRecord placed = new GenericData.Record(branches.get(1));
    placed.put("at", 5L);
    placed.put("order", 7L);
    GenericRecord paid = new GenericData.Record(branches.get(2));
    paid.put("order", 8L);
    paid.put("cents", 99L);
    BatchBuilder into = new BatchBuilder(contract.schema());
    AvroRecordParser parser = new AvroRecordParser(contract, avsc);
    for (Object what : List.of(placed, paid, new GenericData.Record(branches.get(3)), "text")) {
      GenericRecord event = new GenericData.Record(schema);
      event.put("what", what);
      assertThat(parse(parser, encode(schema, event), into)).isEmpty();
    }
    assertThat(JsonRecordParserTest.rows(into.build()))
        .containsExactly(
            List.of("7", "NULL"),
            List.of("8", "99"),
            List.of("NULL", "NULL"),
            List.of("NULL", "NULL"));
  }

  @Test
  void aDecimalOfManyDigitsGoesIntoText() throws IOException {
    String avsc =
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"n\",\"type\":{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":30,\"scale\":2}}]}";
    Schema schema = new Schema.Parser().parse(avsc);
    Contract contract =
        new Contract("r", dev.leat.model.Schema.of(Column.optional("n", Type.VARCHAR)), List.of());
    GenericRecord r = new GenericData.Record(schema);
    r.put("n", ByteBuffer.wrap(new BigInteger("12345678901234567890123").toByteArray()));
    BatchBuilder into = new BatchBuilder(contract.schema());
    assertThat(parse(new AvroRecordParser(contract, avsc), encode(schema, r), into)).isEmpty();
    assertThat(JsonRecordParserTest.rows(into.build()))
        .containsExactly(List.of("123456789012345678901.23"));
  }

  @Test
  void aSchemaWithAWrongDefaultIsTold() {
    for (String field :
        List.of(
            "{\"name\":\"n\",\"type\":[\"string\",\"null\"],\"default\":null}",
            "{\"name\":\"n\",\"type\":\"int\",\"default\":\"x\"}",
            "{\"name\":\"n\",\"type\":\"nothing\"}",
            "{\"name\":\"n\",\"type\":\"int\"}, {\"name\":\"n\",\"type\":\"int\"}",
            "{\"name\":\"n\"}",
            "3")) {
      assertThatThrownBy(() ->
              new AvroRecordParser(
                  new Contract(
                      "r", dev.leat.model.Schema.of(Column.required("m", Type.VARCHAR)), List.of()),
                  "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + field + "]}"))
          .as(field)
          .isInstanceOf(LeatException.class);
    }
  }
}
