package io.changeover.schemas;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Writes a release of the schemas that changed since the last one, with a golden sample of each:
/// run it with the release's number, `./mvnw -pl schemas test-compile exec:java
/// -Dexec.mainClass=io.changeover.schemas.ReleaseSchemas -Dexec.classpathScope=test -Dexec.args=2`.
public final class ReleaseSchemas {
  private static final Path RELEASED = Path.of("src/main/resources/io/changeover/schemas/released");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  private ReleaseSchemas() {}

  public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
    var release = args[0];
    var module = Files.isDirectory(RELEASED) ? Path.of("") : Path.of("schemas");
    var known = ReleasedSchemas.all();
    for (var schema : Messages.ENCODED) {
      if (!known.contains(schema)) {
        var stem = release + "/" + schema.getName();
        var sample = Samples.of(schema);
        write(module.resolve(RELEASED), stem + ".avsc", ReleasedSchemas.text(schema), "released/");
        write(
            module.resolve(GOLDEN),
            stem + ".hex",
            HexFormat.of().formatHex(Codec.encode(sample)) + "\n",
            "golden/");
        write(module.resolve(GOLDEN), stem + ".txt", sample + "\n", "golden/");
        append(module.resolve(RELEASED).resolve("index.txt"), stem + ".avsc\n");
      }
    }
  }

  private static void write(Path root, String name, String text, String listedUnder)
      throws IOException, NoSuchAlgorithmException {
    var file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    var sums =
        (root.endsWith("golden") ? root.resolve("../../../..").normalize().resolve(RELEASED) : root)
            .resolve("SHA256SUMS");
    append(sums, HexFormat.of().formatHex(digest) + "  " + listedUnder + name + "\n");
  }

  private static void append(Path file, String line) throws IOException {
    Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
