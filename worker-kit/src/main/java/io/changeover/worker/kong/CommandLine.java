package io.changeover.worker.kong;

import java.util.List;
import java.util.Map;

/// A command ready to run: words, never a line for a shell to read.
///
/// @param environment what it gets on top of the few variables every command gets; may hold secrets
/// @param masking hides them in all that is told about the run
public record CommandLine(List<String> argv, Map<String, String> environment, Masking masking) {

  public CommandLine {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
  }

  @Override
  public String toString() {
    return String.join(" ", masking.mask(argv));
  }
}
