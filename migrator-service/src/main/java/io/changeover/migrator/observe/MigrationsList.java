package io.changeover.migrator.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the output of `kong migrations list`. Source of words and codes: observed on Kong 2.1.4
/// and 2.2.2.
///
/// Exit 0 everything executed, 3 needs bootstrapping, 4 something pending (and perhaps something
/// new), 5 something new. Lines may carry `YYYY/MM/DD HH:MM:SS [level] ` in front (with `--v`);
/// subsystems come in any order, known or not.
public final class MigrationsList {

  private static final Pattern STAMP =
      Pattern.compile("^\\d{4}/\\d{2}/\\d{2} \\d{2}:\\d{2}:\\d{2} \\[\\w+] ?");
  private static final Pattern ENTRY = Pattern.compile("^\\s*([A-Za-z0-9_.\\-]+): (\\S.*)$");

  private enum Block {
    EXECUTED("Executed migrations:"),
    PENDING("Pending migrations:"),
    AVAILABLE("New migrations available:");

    private final String heading;

    Block(String heading) {
      this.heading = heading;
    }
  }

  private MigrationsList() {}

  /// One output.
  ///
  /// @param exit the command's exit code
  /// @param stdout what it printed there
  /// @param stderr named in the reason when it is unreadable
  public static ListReading read(int exit, String stdout, String stderr) {
    return switch (exit) {
      case 0, 4, 5 -> blocks(exit, stdout);
      case 3 ->
          stdout.contains("needs bootstrapping")
              ? new ListReading.NeedsBootstrap()
              : unreadable(exit, stdout + stderr);
      default -> unreadable(exit, stderr.isBlank() ? stdout : stderr);
    };
  }

  private static ListReading blocks(int exit, String stdout) {
    Map<Block, Map<String, List<String>>> found = parse(stdout);
    Migrations executed = Migrations.of(found.getOrDefault(Block.EXECUTED, Map.of()));
    Migrations pending = Migrations.of(found.getOrDefault(Block.PENDING, Map.of()));
    Migrations available = Migrations.of(found.getOrDefault(Block.AVAILABLE, Map.of()));
    boolean fits =
        switch (exit) {
          case 0 -> !executed.isEmpty() && pending.isEmpty() && available.isEmpty();
          case 4 -> !pending.isEmpty();
          default -> pending.isEmpty() && !available.isEmpty();
        };
    return fits ? new ListReading.Blocks(executed, pending, available) : unreadable(exit, stdout);
  }

  private static Map<Block, Map<String, List<String>>> parse(String stdout) {
    Map<Block, Map<String, List<String>>> found = new TreeMap<>();
    Block current = null;
    for (String raw : stdout.lines().toList()) {
      String line = STAMP.matcher(raw).replaceFirst("");
      Block heading = heading(line);
      Matcher entry = ENTRY.matcher(line);
      if (heading != null) {
        current = heading;
      } else if (current != null && entry.matches()) {
        found
            .computeIfAbsent(current, _ -> new TreeMap<>())
            .computeIfAbsent(entry.group(1), _ -> new ArrayList<>())
            .addAll(names(entry.group(2)));
      } else if (line.isBlank()) {
        current = null;
      }
    }
    return found;
  }

  private static @Nullable Block heading(String line) {
    for (Block block : Block.values()) {
      if (line.strip().equals(block.heading)) {
        return block;
      }
    }
    return null;
  }

  private static List<String> names(String text) {
    return List.of(text.strip().split(",\\s*"));
  }

  private static ListReading unreadable(int exit, String text) {
    String shown = text.strip();
    String said =
        shown.isEmpty()
            ? " without a word"
            : ": " + shown.substring(0, Math.min(shown.length(), 600));
    return new ListReading.Unreadable(Doubt.passing("`migrations list` exited " + exit + said));
  }
}
