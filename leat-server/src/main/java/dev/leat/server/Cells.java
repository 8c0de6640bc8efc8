package dev.leat.server;

import dev.leat.data.Batch;
import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.model.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a batch as plain values, for {@link Questions.Answer}. */
public final class Cells {
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final int NANOS_PER_MICRO = 1_000;

  private Cells() {}

  /** The values of a row in the columns' order; null where one is missing. */
  public static List<@Nullable Object> row(Batch batch, int row) {
    List<@Nullable Object> cells = new ArrayList<>(batch.schema().size());
    for (int column = 0; column < batch.schema().size(); column++) {
      Vector vector = batch.column(column);
      cells.add(
          vector.isNull(row) ? null : value(batch.schema().column(column).type(), vector, row));
    }
    return Collections.unmodifiableList(cells);
  }

  private static Object value(Type type, Vector vector, int row) {
    return switch (type) {
      case Type.Bool _ -> whole(vector, row) != 0;
      case Type.Int _, Type.BigInt _ -> whole(vector, row);
      case Type.Float64 _ -> ((DoubleVector) vector).values()[row];
      case Type.Decimal(_, int scale) -> BigDecimal.valueOf(whole(vector, row), scale);
      case Type.Varchar _ -> ((BytesVector) vector).string(row);
      case Type.Varbinary _ -> bytes((BytesVector) vector, row);
      case Type.Date _ -> LocalDate.ofEpochDay(whole(vector, row));
      case Type.Timestamp _ -> moment(whole(vector, row));
    };
  }

  private static long whole(Vector vector, int row) {
    return ((LongVector) vector).values()[row];
  }

  private static byte[] bytes(BytesVector vector, int row) {
    int start = vector.start(row);
    return Arrays.copyOfRange(vector.data(), start, start + vector.length(row));
  }

  /** Bytes as text when they are UTF-8, else in base64 with a mark. */
  public static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return "base64:" + Base64.getEncoder().encodeToString(bytes);
    }
  }

  private static LocalDateTime moment(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND),
        (int) Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO,
        ZoneOffset.UTC);
  }
}
