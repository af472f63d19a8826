package io.changeover.sandbox.kong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/// A declarative configuration file, read, checked and flattened: rows by entity, parents before
/// children.
///
/// @param transform whether clear-text secrets in it still have to be hashed
record DeclarativeFile(boolean transform, Map<String, List<Map<String, @Nullable Object>>> rows) {

  /// @throws KongException `Failed parsing:` and why, in Kong's words
  static DeclarativeFile parse(Path file, Profile profile, List<String> plugins) {
    Object content = content(file, text(file));
    if (!(content instanceof Map<?, ?> top)) {
      // The real one trips over its own feet here, too.
      throw new KongException("attempt to concatenate local 'item' (a nil value)");
    }
    return new DeclarativeReader(profile, plugins).read(top);
  }

  /// Reads YAML, of which JSON is a part, that came without a file.
  ///
  /// @throws KongException `Failed parsing:` and why, in Kong's words
  static DeclarativeFile ofText(String text, Profile profile, List<String> plugins) {
    if (!(yaml(Path.of("text"), text) instanceof Map<?, ?> top)) {
      throw failed("expected an object");
    }
    return new DeclarativeReader(profile, plugins).read(top);
  }

  private static String text(Path file) {
    if (Files.isDirectory(file)) {
      throw failed(file + ": Is a directory");
    }
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw failed(file + ": No such file or directory");
    } catch (IOException e) {
      throw failed(file + ": Permission denied");
    }
  }

  private static Object content(Path file, String text) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    Object content;
    if (name.endsWith(".yml") || name.endsWith(".yaml")) {
      content = yaml(file, text);
    } else if (name.endsWith(".json")) {
      content = json(file, text);
    } else {
      throw failed("unknown file extension (json, lua, yaml are supported): " + file);
    }
    if (content == null) {
      throw failed("failed parsing declarative configuration file " + file);
    }
    return content;
  }

  private static @Nullable Object yaml(Path file, String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setAllowDuplicateKeys(true);
    try {
      return new Yaml(new SafeConstructor(options)).load(text);
    } catch (MarkedYAMLException e) {
      String where =
          e.getProblemMark() == null
              ? ""
              : (e.getProblemMark().getLine() + 1)
                  + ":"
                  + (e.getProblemMark().getColumn() + 1)
                  + ": ";
      String what =
          String.valueOf(e.getProblem())
              .replace("are not allowed here", "are not allowed in this context");
      throw failed("failed parsing declarative configuration file " + file + ": " + where + what);
    } catch (YAMLException e) {
      throw failed("failed parsing declarative configuration file " + file + ": " + e.getMessage());
    }
  }

  private static @Nullable Object json(Path file, String text) {
    try {
      return text.isBlank() ? null : Json.read(text);
    } catch (IllegalArgumentException e) {
      throw failed("failed parsing declarative configuration file " + file + ": " + e.getMessage());
    }
  }

  static KongException failed(String why) {
    return new KongException("Failed parsing:\n" + why);
  }
}
