package io.changeover.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where references are looked up.
public interface SecretSource {

  /// The largest secret file that is read, in bytes.
  int LARGEST_FILE = 64 * 1024;

  /// This process's environment and the files of this machine.
  SecretSource PROCESS =
      name -> {
        String value = System.getenv(name);
        if (value == null) {
          throw new UnresolvedSecretException(
              "The inventory refers to ${env:"
                  + name
                  + "}; expected the environment variable "
                  + name
                  + " to be set");
        }
        return value;
      };

  /// The value of an environment variable.
  ///
  /// @throws UnresolvedSecretException when it is not set
  String environment(String name);

  /// The text of a file, without the line end at its end.
  ///
  /// @throws UnresolvedSecretException when it can't be read or is larger than [#LARGEST_FILE]
  default String file(String path) {
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        throw new UnresolvedSecretException(
            "The inventory refers to ${file:"
                + path
                + "}; expected a file of at most "
                + LARGEST_FILE
                + " bytes");
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      return text.endsWith("\r\n")
          ? text.substring(0, text.length() - 2)
          : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (IOException e) {
      throw new UnresolvedSecretException(
          "The inventory refers to ${file:"
              + path
              + "}; expected a readable file ("
              + e.getClass().getSimpleName()
              + ")");
    }
  }
}
