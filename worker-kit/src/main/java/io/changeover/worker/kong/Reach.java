package io.changeover.worker.kong;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// How a `kong` command is reached, told by the first words of its argv. It decides how settings
/// get to it: a child of this process inherits them, anything else has to be told.
public enum Reach {
  /// A child process: inherits the environment.
  LOCAL,
  /// `docker exec …`, `podman exec …`: `--env NAME` hands a variable on without showing its value.
  CONTAINER,
  /// `sudo …`: `--preserve-env=NAMES`.
  SUDO,
  /// `ssh …`, `kubectl exec …`: `env NAME=value kong`, so that nothing secret may go that way.
  REMOTE;

  /// How this command is reached.
  public static Reach of(List<String> command) {
    String program = command.getFirst().substring(command.getFirst().lastIndexOf('/') + 1);
    return switch (program) {
      case "docker", "podman", "nerdctl" -> command.contains("exec") ? CONTAINER : LOCAL;
      case "sudo" -> SUDO;
      case "ssh", "kubectl", "oc" -> REMOTE;
      default -> LOCAL;
    };
  }

  /// Whether a secret gets there without standing in anybody's list of processes.
  public boolean carriesSecrets() {
    return this != REMOTE;
  }

  /// The command with its arguments and whatever hands the settings on.
  ///
  /// @param plain settings that may be seen, by name
  /// @param names all settings' names
  public List<String> argv(
      List<String> command,
      Map<String, String> plain,
      Iterable<String> names,
      List<String> arguments) {
    TreeSet<String> sorted = new TreeSet<>();
    names.forEach(sorted::add);
    ArrayList<String> argv = new ArrayList<>(command);
    switch (this) {
      case LOCAL -> argv.addAll(arguments);
      case CONTAINER -> {
        ArrayList<String> handed = new ArrayList<>();
        sorted.forEach(name -> handed.addAll(List.of("--env", name)));
        argv.addAll(argv.indexOf("exec") + 1, handed);
        argv.addAll(arguments);
      }
      case SUDO -> {
        argv.add(1, "--preserve-env=" + String.join(",", sorted));
        argv.addAll(arguments);
      }
      case REMOTE -> {
        boolean ssh = command.getFirst().endsWith("ssh");
        String kong = argv.removeLast();
        ArrayList<String> tail = new ArrayList<>(List.of("env"));
        plain.forEach((name, value) -> tail.add(name + "=" + value));
        tail.add(kong);
        tail.addAll(arguments);
        tail.forEach(word -> argv.add(ssh ? quoted(word) : word));
      }
    }
    return List.copyOf(argv);
  }

  /// `ssh` joins its words with blanks and hands them to the account's shell: what could mean
  /// something there is quoted.
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
