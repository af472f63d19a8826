package io.changeover.cli.suite;

import java.util.List;
import java.util.Map;

/// One process of the suite.
///
/// @param name names its log and its record of process ids
/// @param command argv
/// @param environment what is added to the supervisor's own
/// @param health how to tell that it serves
record ProcessSpec(
    String name, List<String> command, Map<String, String> environment, Health health) {
  ProcessSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
