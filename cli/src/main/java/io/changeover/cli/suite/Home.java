package io.changeover.cli.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/// The folder that Changeover was built in, and the jars in it.
///
/// @param root the folder that the launcher `changeover` is in
public record Home(Path root) {
  private static final String VERSION = "0.1.0-SNAPSHOT";

  /// A jar that can be run.
  ///
  /// @param jar the jar; what it needs lies beside it in `lib/`
  /// @param mainClass what its manifest names
  public record Program(Path jar, String mainClass) {}

  /// The home that the launcher named (`changeover.home`), or the one that this class was loaded
  /// from.
  public static Home find() {
    String named = System.getProperty("changeover.home");
    return new Home((named == null ? above(loadedFrom()) : Path.of(named)).toAbsolutePath());
  }

  /// The runnable jar of a module.
  ///
  /// @throws IllegalStateException when the module was not built
  public Program program(String module) {
    Path jar = built(module, "");
    try (JarFile file = new JarFile(jar.toFile())) {
      return new Program(
          jar, file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS));
    } catch (IOException e) {
      throw new IllegalStateException("Expected to read " + jar + ", but " + e.getMessage(), e);
    }
  }

  /// The jar that ties a child to its starter.
  public Path leash() {
    return built("sandbox", "-leash");
  }

  /// The stand-in's command line for a version.
  public Path standIn(String version) {
    return root.resolve("sandbox")
        .resolve("bin")
        .resolve("kong-" + version.replaceFirst("\\+.*", ""));
  }

  /// Where archives of loaded classes are kept, which make later starts faster.
  public Path archives() {
    return root.resolve(".changeover").resolve("cds");
  }

  private Path built(String module, String classifier) {
    Path jar =
        root.resolve(module)
            .resolve("target")
            .resolve(module + "-" + VERSION + classifier + ".jar");
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "Expected %s, but it is not there; build it with ./mvnw package -DskipTests -Dquick"
              .formatted(jar));
    }
    return jar;
  }

  private static Path loadedFrom() {
    return Path.of(Home.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  private static Path above(Path place) {
    return Optional.ofNullable(place.toAbsolutePath().getParent())
        .map(Path::getParent)
        .map(Path::getParent)
        .orElse(place);
  }
}
