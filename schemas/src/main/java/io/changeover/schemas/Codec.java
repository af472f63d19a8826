package io.changeover.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;

/// Avro single-object encoding: two marker bytes, the writer schema's fingerprint (CRC-64-AVRO,
/// little endian), the binary body. Whoever holds this module reads every record ever written,
/// since [ReleasedSchemas] keeps the schemas of every release.
///
/// Source: the Avro 1.12 specification, "Single-object encoding".
public final class Codec {
  /// Larger bodies are refused before anything is allocated for them; Kafka's own default limit for
  /// a record is the same 1 MiB.
  public static final int MAX_BYTES = 1 << 20;

  private static final int MAX_FIELD_BYTES = 16 * MAX_BYTES;
  private static final int HEADER = 10;
  private static final byte MARKER_0 = (byte) 0xC3;
  private static final byte MARKER_1 = (byte) 0x01;

  private static final SpecificData MODEL = modelWithConversions();

  /// Most messages fit; Avro's own default of 2 KiB is more than the rest of an encoding costs.
  private static final EncoderFactory ENCODERS = new EncoderFactory().configureBufferSize(512);

  private static final Map<Schema, Writer> WRITERS = new ConcurrentHashMap<>();
  private static final Map<Long, SpecificDatumReader<SpecificRecord>> READERS =
      new ConcurrentHashMap<>();

  static {
    limitAllocations();
    ReleasedSchemas.all().forEach(Codec::readable);
    Messages.ENCODED.forEach(Codec::readable);
  }

  private Codec() {}

  /// The single-object encoding of a message. The same message always gives the same bytes, but for
  /// the order of its maps, which is the map's own.
  public static byte[] encode(SpecificRecord message) {
    var writer = WRITERS.computeIfAbsent(message.getSchema(), Writer::new);
    var out = new ByteArrayOutputStream(512);
    try {
      out.write(writer.header);
      BinaryEncoder encoder = ENCODERS.binaryEncoder(out, null);
      writer.body.write(message, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// The message in these bytes, resolved to the current schema of its type.
  ///
  /// @throws UndecodableException when the bytes are no single-object encoding, too long, of an
  ///   unknown schema, or cut short
  public static SpecificRecord decode(byte[] bytes) throws UndecodableException {
    if (bytes.length > MAX_BYTES) {
      throw new UndecodableException(
          "message of %d bytes".formatted(bytes.length), "at most %d bytes".formatted(MAX_BYTES));
    }
    if (bytes.length < HEADER || bytes[0] != MARKER_0 || bytes[1] != MARKER_1) {
      throw new UndecodableException(
          "no Avro single-object header", "bytes C3 01 and a schema fingerprint, or JSON");
    }
    long fingerprint =
        ByteBuffer.wrap(bytes, 2, 8).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong();
    var reader = READERS.get(fingerprint);
    if (reader == null) {
      throw new UndecodableException(
          "unknown schema fingerprint %016x".formatted(fingerprint),
          "a schema that this release of Changeover knows");
    }
    return decode(bytes, reader);
  }

  /// Whether two encodings were written with the same schema, by their headers.
  public static boolean sameSchema(ByteBuffer message, ByteBuffer other) {
    return header(message).equals(header(other));
  }

  private static ByteBuffer header(ByteBuffer message) {
    return message.slice(message.position(), Math.min(HEADER, message.remaining()));
  }

  private static SpecificRecord decode(byte[] bytes, SpecificDatumReader<SpecificRecord> reader)
      throws UndecodableException {
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
    try {
      var message = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new UndecodableException("bytes after the message", "exactly one message");
      }
      return message;
    } catch (IOException
        | AvroRuntimeException
        | UnsupportedOperationException
        | IndexOutOfBoundsException
        | NegativeArraySizeException e) {
      throw new UndecodableException(
          "damaged or cut body of "
              + reader.getSchema().getName()
              + " ("
              + e.getClass().getSimpleName()
              + ")",
          "the whole message as it was encoded");
    }
  }

  /// How messages of one schema are written.
  private static final class Writer {
    private final byte[] header;
    private final SpecificDatumWriter<SpecificRecord> body;

    Writer(Schema schema) {
      header = Codec.header(fingerprint(schema));
      body = new SpecificDatumWriter<>(schema, MODEL);
    }
  }

  /// A damaged length must not make Avro allocate gigabytes. Avro takes these limits from system
  /// properties alone.
  private static void limitAllocations() {
    var limits = "org.apache.avro.limits.";
    setIfAbsent(limits + "string.maxLength", MAX_FIELD_BYTES);
    setIfAbsent(limits + "bytes.maxLength", MAX_FIELD_BYTES);
    setIfAbsent(limits + "collectionItems.maxLength", MAX_BYTES);
  }

  private static void setIfAbsent(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  private static void readable(Schema writer) {
    var current =
        Messages.ENCODED.stream()
            .filter(s -> s.getFullName().equals(writer.getFullName()))
            .findFirst()
            .orElse(writer);
    READERS.put(fingerprint(writer), new SpecificDatumReader<>(writer, current, MODEL));
  }

  private static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  private static byte[] header(long fingerprint) {
    return ByteBuffer.allocate(HEADER)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .put(MARKER_0)
        .put(MARKER_1)
        .putLong(fingerprint)
        .array();
  }

  /// One model that knows the conversions of all messages, for readers of any schema.
  private static SpecificData modelWithConversions() {
    var model = new SpecificData(SpecificRecordBase.class.getClassLoader());
    model.addLogicalTypeConversion(
        new org.apache.avro.data.TimeConversions.TimestampMillisConversion());
    return model;
  }
}
