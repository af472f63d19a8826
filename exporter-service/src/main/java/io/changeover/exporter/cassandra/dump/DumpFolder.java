package io.changeover.exporter.cassandra.dump;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/// How a dump lies in a store: encrypted files named by their digests, and `manifest`.
public final class DumpFolder {

  /// The manifest's name.
  public static final String MANIFEST = "manifest";

  private static final int ZSTD_LEVEL = 3;
  private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}|.+\\.partial");
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private DumpFolder() {}

  /// A manifest and its digest.
  ///
  /// @param sha256 of its text: the dump's identity
  public record Known(Manifest manifest, String sha256) {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has SHA-256", e);
    }
  }

  private static String about(String table, int slice) {
    return "changeover dump 1: " + table + "/" + slice;
  }

  /// Writes rows of one slice.
  interface Rows {
    /// Appends all of them.
    ///
    /// @return how many
    long to(DataFileWriter<GenericRecord> writer) throws IOException, InterruptedException;
  }

  /// Writes a file of rows; empty when there are none.
  static Optional<Manifest.DumpFile> write(
      Path folder, DumpKey key, String table, int slice, Rows rows)
      throws IOException, InterruptedException {
    Path partial = PrivateFiles.create(folder.resolve(table + "-" + slice + ".partial"));
    MessageDigest sha = sha256();
    long count;
    try (OutputStream file =
            new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(partial)), sha);
        OutputStream encrypted = key.encrypting(file, about(table, slice));
        DataFileWriter<GenericRecord> writer =
            new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(RowFormat.SCHEMA))) {
      writer.setCodec(CodecFactory.zstandardCodec(ZSTD_LEVEL)).create(RowFormat.SCHEMA, encrypted);
      count = rows.to(writer);
    }
    if (count == 0) {
      Files.delete(partial);
      return Optional.empty();
    }
    String name = HexFormat.of().formatHex(sha.digest());
    long bytes = Files.size(partial);
    PrivateFiles.publish(partial, folder.resolve(name));
    return Optional.of(new Manifest.DumpFile(table, slice, count, bytes, name));
  }

  /// Removes what an earlier export has left, the manifest first.
  public static void clear(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Files.deleteIfExists(folder.resolve(MANIFEST));
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(DumpFolder::isOurs).toList()) {
        Files.delete(file);
      }
    }
  }

  private static boolean isOurs(Path file) {
    return OURS.matcher(file.getFileName().toString()).matches();
  }

  /// Opens a file of rows that [#verify] has found whole.
  static DataFileStream<GenericRecord> read(
      ArtifactStore store, DumpKey key, Manifest.DumpFile file) throws IOException {
    InputStream encrypted = store.open(file.sha256());
    try {
      return new DataFileStream<>(
          key.decrypting(encrypted, about(file.table(), file.slice())),
          new GenericDatumReader<>(RowFormat.SCHEMA));
    } catch (IOException e) {
      encrypted.close();
      throw BrokenDumpException.of(
          "The file %s of the dump in %s does not decrypt".formatted(file.sha256(), store.place()),
          "the key and the files that the export wrote",
          "give both sides the same `copy: key`, then retry from the phase export");
    }
  }

  /// Writes the manifest: the dump is complete with it.
  static Known complete(Path folder, DumpKey key, Manifest manifest) throws IOException {
    byte[] text = MAPPER.writeValueAsBytes(manifest);
    Path partial = PrivateFiles.create(folder.resolve(MANIFEST + ".partial"));
    try (OutputStream file = Files.newOutputStream(partial);
        OutputStream encrypted = key.encrypting(file, MANIFEST)) {
      encrypted.write(text);
    }
    PrivateFiles.publish(partial, folder.resolve(MANIFEST));
    return new Known(manifest, HexFormat.of().formatHex(sha256().digest(text)));
  }

  /// Reads the manifest.
  ///
  /// @return empty when there is none
  /// @throws BrokenDumpException when it is not what was written, of another cluster or too new
  public static Optional<Known> manifest(ArtifactStore store, DumpKey key, String cluster)
      throws IOException {
    byte[] text;
    try (InputStream file = store.open(MANIFEST)) {
      text = decrypted(store, key, file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    JsonNode node = MAPPER.readTree(text);
    int format = node.path("format").asInt();
    if (format > Manifest.FORMAT) {
      throw BrokenDumpException.of(
          "The dump in %s has the format %d".formatted(store.place(), format),
          "format %d or older".formatted(Manifest.FORMAT),
          "run the same release of the exporter-service on both sides");
    }
    Manifest manifest = MAPPER.treeToValue(node, Manifest.class);
    if (!manifest.cluster().equals(cluster)) {
      throw BrokenDumpException.of(
          "The dump in %s is of cluster %s".formatted(store.place(), manifest.cluster()),
          "a dump of cluster " + cluster,
          "correct `copy: artifacts` of the inventory, or transfer the right dump");
    }
    return Optional.of(new Known(manifest, HexFormat.of().formatHex(sha256().digest(text))));
  }

  private static byte[] decrypted(ArtifactStore store, DumpKey key, InputStream file)
      throws IOException {
    try (InputStream text = key.decrypting(file, MANIFEST)) {
      return text.readAllBytes();
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw BrokenDumpException.of(
          "The manifest of the dump in %s does not decrypt: it was changed, cut, or written with another key"
              .formatted(store.place()),
          "the manifest that the export wrote",
          "give both sides the same `copy: key`, then retry from the phase export");
    }
  }

  /// Reads a file whole and checks that it is what was written.
  static void verify(ArtifactStore store, Manifest.DumpFile file) throws IOException {
    MessageDigest sha = sha256();
    long bytes;
    try (InputStream in = new DigestInputStream(store.open(file.sha256()), sha)) {
      bytes = in.transferTo(OutputStream.nullOutputStream());
    } catch (NoSuchFileException e) {
      throw broken(store, file, "is not there");
    }
    if (bytes != file.bytes()) {
      throw broken(store, file, "has %d bytes, not %d".formatted(bytes, file.bytes()));
    }
    if (!HexFormat.of().formatHex(sha.digest()).equals(file.sha256())) {
      throw broken(store, file, "was changed");
    }
  }

  private static BrokenDumpException broken(
      ArtifactStore store, Manifest.DumpFile file, String how) {
    return BrokenDumpException.of(
        "The file %s of the dump in %s (table %s) %s"
            .formatted(file.sha256(), store.place(), file.table(), how),
        "the file that the export wrote",
        "look what changed it, remove it, and retry from the phase transfer (or export, where it is the original)");
  }
}
