package dev.leat.lake;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.puffin.Blob;
import org.apache.iceberg.puffin.BlobMetadata;
import org.apache.iceberg.puffin.Puffin;
import org.apache.iceberg.puffin.PuffinWriter;
import org.apache.iceberg.puffin.StandardBlobTypes;
import org.roaringbitmap.RoaringBitmap;

/**
 * Deletion vectors as Iceberg's format 3 stores them: big-endian length, magic, a 64-bit roaring
 * bitmap (a little-endian count of 32-bit bitmaps, each after its key), big-endian CRC-32 of magic
 * and bitmap. A Leat data file has less than 2^31 rows, so one bitmap with key 0 is all there is.
 */
final class DeletionVectors {
  private static final int MAGIC = 1681511377;
  private static final int LENGTH_BYTES = 4;
  private static final int HEAD_BYTES = 4 + 8 + 4; // magic, count, key
  private static final int CRC_BYTES = 4;

  private DeletionVectors() {}

  /** Writes one Puffin file with a vector for each data file. */
  static List<FileList.Deletions> write(
      LakeIO io, Path path, String relative, List<String> dataFiles, List<RoaringBitmap> vectors)
      throws IOException {
    PuffinWriter writer = Puffin.write(io.newOutputFile(path.toString())).createdBy("leat").build();
    List<BlobMetadata> blobs = new ArrayList<>();
    try (writer) {
      for (int i = 0; i < vectors.size(); i++) {
        blobs.add(writer.write(blob(dataFiles.get(i), vectors.get(i))));
      }
    }
    List<FileList.Deletions> written = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      BlobMetadata blob = blobs.get(i);
      written.add(
          new FileList.Deletions(
              relative,
              writer.fileSize(),
              blob.offset(),
              blob.length(),
              vectors.get(i).getLongCardinality()));
    }
    return written;
  }

  private static Blob blob(String dataFile, RoaringBitmap vector) throws IOException {
    return new Blob(
        StandardBlobTypes.DV_V1,
        List.of(MetadataColumns.ROW_POSITION.fieldId()),
        -1, // snapshot and sequence number are inherited
        -1,
        encode(vector),
        null,
        Map.of(
            "referenced-data-file",
            dataFile,
            "cardinality",
            Long.toString(vector.getLongCardinality())));
  }

  static ByteBuffer encode(RoaringBitmap vector) throws IOException {
    ByteArrayOutputStream bitmap = new ByteArrayOutputStream(vector.serializedSizeInBytes());
    vector.serialize(new DataOutputStream(bitmap));
    int length = HEAD_BYTES + bitmap.size();
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH_BYTES + length + CRC_BYTES);
    bytes.putInt(length).order(ByteOrder.LITTLE_ENDIAN).putInt(MAGIC).putLong(1).putInt(0);
    bytes.put(bitmap.toByteArray()).order(ByteOrder.BIG_ENDIAN);
    bytes.putInt(checksum(bytes.array(), length));
    return bytes.flip();
  }

  static RoaringBitmap read(Path root, FileList.Deletions deletions) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(deletions.bytes()));
    Path path = root.resolve(deletions.path());
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long position = deletions.offset();
      while (bytes.hasRemaining()) {
        int read = channel.read(bytes, position);
        if (read < 0) {
          throw new IOException("deletion vector ends early: " + path);
        }
        position += read;
      }
    }
    return decode(bytes.flip());
  }

  static RoaringBitmap decode(ByteBuffer bytes) throws IOException {
    int length = bytes.getInt();
    if (length + LENGTH_BYTES + CRC_BYTES != bytes.limit()
        || bytes.getInt(LENGTH_BYTES + length) != checksum(bytes.array(), length)) {
      throw new IOException("deletion vector is damaged");
    }
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    int magic = bytes.getInt();
    long bitmaps = bytes.getLong();
    if (magic != MAGIC || bitmaps > 1) {
      throw new IOException("not a deletion vector of Leat: " + bitmaps + " bitmaps");
    }
    RoaringBitmap vector = new RoaringBitmap();
    if (bitmaps == 1) {
      bytes.getInt(); // key 0
      vector.deserialize(bytes);
    }
    return vector;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, LENGTH_BYTES, length);
    return (int) crc.getValue();
  }
}
