package io.changeover.exporter.kongyml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A file `kong.yml` with its manifest in a folder: 0600 in 0700, since every credential stands in
/// it in clear. Both get their names when they are on the disk, the manifest last.
///
/// @param sha256 of the manifest, and so of everything
public record KongYmlFile(Path path, KongYmlManifest manifest, String sha256) {

  /// The file's name.
  public static final String NAME = "kong.yml";

  private static final String MANIFEST = "kong.yml.manifest.json";
  private static final int BUFFER = 1 << 16;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /// What was written, before its manifest is known.
  ///
  /// @param entities how many of each kind, of those that have any
  public record Written(String sha256, long bytes, SortedMap<String, Long> entities) {}

  /// Writes the entities.
  @FunctionalInterface
  public interface Content {
    void to(KongYmlWriter writer) throws IOException, InterruptedException;
  }

  @FunctionalInterface
  private interface Bytes {
    void to(OutputStream out) throws IOException, InterruptedException;
  }

  /// Writes the file under a name that says that it is partial.
  public static Written write(Path folder, Content content)
      throws IOException, InterruptedException {
    TreeMap<String, Long> entities = new TreeMap<>();
    String sha256 =
        bytes(
            folder,
            out -> {
              KongYmlWriter writer = new KongYmlWriter(out);
              content.to(writer);
              entities.putAll(writer.counts());
            });
    return new Written(sha256, Files.size(partial(folder)), entities);
  }

  /// The digest of what was written.
  private static String bytes(Path folder, Bytes content) throws IOException, InterruptedException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path partial = partial(folder);
    create(partial);
    MessageDigest sha = sha();
    try (OutputStream file = Files.newOutputStream(partial);
        DigestOutputStream digested = new DigestOutputStream(file, sha);
        BufferedOutputStream out = new BufferedOutputStream(digested, BUFFER)) {
      content.to(out);
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  /// Gives what [#write] wrote its name, and writes its manifest.
  public static KongYmlFile complete(Path folder, KongYmlManifest manifest) throws IOException {
    Path file = folder.resolve(NAME);
    Files.deleteIfExists(folder.resolve(MANIFEST));
    publish(partial(folder), file);
    byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
    Path partial = folder.resolve(MANIFEST + ".partial");
    create(partial);
    Files.write(partial, json);
    publish(partial, folder.resolve(MANIFEST));
    return new KongYmlFile(file, manifest, HexFormat.of().formatHex(sha().digest(json)));
  }

  /// Where the manifest of a folder's file lies.
  public static Path manifestIn(Path folder) {
    return folder.resolve(MANIFEST);
  }

  /// The partial file of a folder, for whoever else writes it.
  public static Path partial(Path folder) {
    return folder.resolve("partial-" + NAME);
  }

  private static void create(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static void publish(Path partial, Path file) throws IOException {
    force(partial, StandardOpenOption.WRITE);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(file.resolveSibling("."), StandardOpenOption.READ);
  }

  private static void force(Path path, StandardOpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }

  /// What lies in a folder; empty where there is no manifest.
  ///
  /// @throws BrokenKongYmlException for a manifest that can't be read, is of another cluster or of
  ///   another format
  public static Optional<KongYmlFile> find(Path folder, String cluster) throws IOException {
    Path file = folder.resolve(MANIFEST);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    byte[] json = Files.readAllBytes(file);
    KongYmlManifest manifest;
    try {
      manifest = JSON.readValue(json, KongYmlManifest.class);
    } catch (JsonProcessingException e) {
      throw broken("The manifest of kong.yml can't be read", "a manifest as it was written");
    }
    if (manifest.format() != KongYmlManifest.FORMAT) {
      throw broken(
          "The manifest of kong.yml has the format " + manifest.format(),
          "the format " + KongYmlManifest.FORMAT);
    }
    if (!manifest.cluster().equals(cluster)) {
      throw broken(
          "The file kong.yml is of cluster " + manifest.cluster(), "one of cluster " + cluster);
    }
    return Optional.of(
        new KongYmlFile(
            folder.resolve(NAME), manifest, HexFormat.of().formatHex(sha().digest(json))));
  }

  /// Reads the file and holds it to its manifest.
  ///
  /// @throws BrokenKongYmlException when it was cut, changed or taken away
  public KongYmlFile verified() throws IOException {
    if (!Files.isRegularFile(path)) {
      throw broken("The file kong.yml is not there", "the file that its manifest names");
    }
    if (Files.size(path) != manifest.bytes()) {
      throw broken(
          "The file kong.yml has %d bytes".formatted(Files.size(path)),
          "the %d of its manifest".formatted(manifest.bytes()));
    }
    if (!digest(path).equals(manifest.sha256())) {
      throw broken("The file kong.yml was changed", "the digest of its manifest");
    }
    return this;
  }

  /// Whether [#verified] would return.
  public boolean isWhole() throws IOException {
    return Files.isRegularFile(path)
        && Files.size(path) == manifest.bytes()
        && digest(path).equals(manifest.sha256());
  }

  /// The same file in another folder, read again there.
  public KongYmlFile copyTo(Path folder) throws IOException, InterruptedException {
    Optional<KongYmlFile> there = find(folder, manifest.cluster());
    if (there.isPresent() && there.get().sha256().equals(sha256) && there.get().isWhole()) {
      return there.get();
    }
    verified();
    String _ =
        bytes(
            folder,
            out -> {
              try (InputStream in = Files.newInputStream(path)) {
                in.transferTo(out);
              }
            });
    return complete(folder, manifest).verified();
  }

  private static String digest(Path file) throws IOException {
    MessageDigest sha = sha();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has SHA-256", e);
    }
  }

  private static BrokenKongYmlException broken(String reason, String expected) {
    return new BrokenKongYmlException(
        reason, expected, "find out what changed it, then retry from the phase export");
  }
}
