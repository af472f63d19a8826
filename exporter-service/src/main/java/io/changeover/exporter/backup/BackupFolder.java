package io.changeover.exporter.backup;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.changeover.exporter.backup.Manifest.FileEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A complete backup on disk: the files and their `manifest.json`.
///
/// @param path the folder
/// @param manifest what it holds
/// @param sha256 of the manifest's bytes; it covers everything, since the manifest has the digest
///   of every file
public record BackupFolder(Path path, Manifest manifest, String sha256) {

  static final String MANIFEST = "manifest.json";

  /// Before the rows; statements apart by [#SEPARATOR].
  public static final String BEFORE = "before-data.sql";

  /// After the rows; statements apart by [#SEPARATOR].
  public static final String AFTER = "after-data.sql";

  /// Between two statements of a `.sql` file; both psql and we read it.
  public static final String SEPARATOR = ";\n-- next --\n";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /// Reads a backup and checks the digest and size of every file.
  ///
  /// @throws BrokenBackupException naming the first file that is not what the manifest says
  public static BackupFolder verified(Path path) throws IOException {
    Path manifestFile = path.resolve(MANIFEST);
    if (!Files.isRegularFile(manifestFile)) {
      throw new BrokenBackupException(
          path + " has no " + MANIFEST + "; expected a complete backup");
    }
    byte[] bytes = Files.readAllBytes(manifestFile);
    Manifest manifest = parse(manifestFile, bytes);
    if (manifest.format() != Manifest.FORMAT) {
      throw new BrokenBackupException(
          "%s has format %d; expected %d, which this release reads"
              .formatted(manifestFile, manifest.format(), Manifest.FORMAT));
    }
    for (FileEntry entry : manifest.files()) {
      check(path, entry);
    }
    return new BackupFolder(path, manifest, hex(newSha256().digest(bytes)));
  }

  private static Manifest parse(Path file, byte[] bytes) throws IOException {
    try {
      return JSON.readValue(bytes, Manifest.class);
    } catch (JacksonException e) {
      throw new BrokenBackupException(
          file + " can't be read; expected a manifest of format " + Manifest.FORMAT);
    }
  }

  private static void check(Path folder, FileEntry entry) throws IOException {
    Path file = folder.resolve(entry.name()).normalize();
    if (!folder.normalize().equals(file.getParent())) {
      throw new BrokenBackupException(
          "The manifest names " + entry.name() + "; expected a file of the backup's own folder");
    }
    if (!Files.isRegularFile(file) || Files.size(file) != entry.bytes()) {
      throw new BrokenBackupException(
          file + " is not there or has another size; expected " + entry.bytes() + " bytes");
    }
    String found = digest(file);
    if (!found.equals(entry.sha256())) {
      throw new BrokenBackupException(
          file + " has SHA-256 " + found + "; expected " + entry.sha256());
    }
  }

  /// Writes the manifest into a folder and returns when it is on the disk.
  static void write(Path folder, Manifest manifest) throws IOException {
    Path file = Durable.file(folder.resolve(MANIFEST));
    Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
    Durable.force(file);
  }

  /// The manifest's entry for a finished file.
  static FileEntry entry(Path file) throws IOException {
    return new FileEntry(file.getFileName().toString(), Files.size(file), digest(file));
  }

  private static String digest(Path file) throws IOException {
    MessageDigest digest = newSha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return hex(digest.digest());
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
