package io.changeover.migrator.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The script that the inventory names as `kong`, as tests change it.
record KongScript(Path script, Path calls) {

  /// Has these lines of bash run before each call.
  void intercept(String lines) {
    try {
      String begin = "set -euo pipefail\n";
      Files.writeString(script, Files.readString(script).replace(begin, begin + lines + "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Notes down every call from here on, before it is made.
  void count() {
    intercept("echo \"$*\" >> " + calls);
  }

  /// The arguments of each counted call, `migrations up …`.
  List<String> counted() {
    try {
      return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
