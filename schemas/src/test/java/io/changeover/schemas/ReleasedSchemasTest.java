package io.changeover.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/// The history under `released/` and the golden samples under `src/test/resources/golden` only ever
/// grow.
class ReleasedSchemasTest {
  private static final Path RESOURCES = Path.of("src/main/resources/io/changeover/schemas");
  private static final Path TEST_RESOURCES = Path.of("src/test/resources");
  private static final Path RELEASED = RESOURCES.resolve("released");
  private static final Path GOLDEN = TEST_RESOURCES.resolve("golden");

  @Test
  void every_released_file_is_as_it_was_released() throws Exception {
    for (String line : Files.readAllLines(RELEASED.resolve("SHA256SUMS"))) {
      var parts = line.split(" {2}", 2);
      assertThat(sha256(file(parts[1]))).as(parts[1]).isEqualTo(parts[0]);
    }
  }

  @Test
  void every_file_of_a_release_is_listed() throws Exception {
    var listed =
        Files.readAllLines(RELEASED.resolve("SHA256SUMS")).stream()
            .map(line -> line.split(" {2}", 2)[1])
            .toList();
    var present = new TreeSet<String>();
    for (var root : List.of(RELEASED, GOLDEN)) {
      try (var files = Files.walk(root)) {
        files
            .filter(Files::isRegularFile)
            .filter(f -> !RELEASED.equals(f.getParent()))
            .map(f -> f.subpath(f.getNameCount() - 3, f.getNameCount()).toString())
            .forEach(present::add);
      }
    }
    assertThat(present).isNotEmpty().containsExactlyInAnyOrderElementsOf(listed);
  }

  @Test
  void every_golden_sample_is_still_read_as_it_was_written() throws Exception {
    int read = 0;
    for (String name : ReleasedSchemas.names()) {
      var released = ReleasedSchemas.all().get(read);
      var stem = name.substring(0, name.length() - ".avsc".length());
      byte[] bytes =
          HexFormat.of().parseHex(Files.readString(GOLDEN.resolve(stem + ".hex")).strip());
      assertThat(within(released, Codec.decode(bytes)))
          .as(name)
          .isEqualTo(Files.readString(GOLDEN.resolve(stem + ".txt")).strip());
      read++;
    }
    assertThat(read).isGreaterThanOrEqualTo(Messages.ENCODED.size());
  }

  /// What a message of today says in the fields that a release had: later ones have defaults.
  private static String within(Schema released, SpecificRecord message) throws IOException {
    var model = new GenericData();
    model.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    byte[] bytes = Codec.encode(message);
    var decoder = DecoderFactory.get().binaryDecoder(bytes, 10, bytes.length - 10, null);
    var reader = new GenericDatumReader<GenericRecord>(message.getSchema(), released, model);
    return model.toString(reader.read(null, decoder));
  }

  @Test
  void every_message_as_it_is_now_is_released() {
    assertThat(ReleasedSchemas.all())
        .as("a changed schema needs a release: see CONTRIBUTING.md, How to add a message")
        .containsAll(Messages.ENCODED);
  }

  @Test
  void the_index_has_one_release_of_every_message() {
    assertThat(ReleasedSchemas.all())
        .extracting(Schema::getName)
        .containsAll(Inbound.names(Messages.ENCODED));
  }

  private static Path file(String listed) {
    return listed.startsWith("golden/")
        ? TEST_RESOURCES.resolve(listed)
        : RESOURCES.resolve(listed);
  }

  private static String sha256(Path file)
      throws IOException, java.security.NoSuchAlgorithmException {
    var text = Files.readString(file).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
  }
}
