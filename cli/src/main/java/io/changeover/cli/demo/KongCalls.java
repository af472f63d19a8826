package io.changeover.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// Which calls of `kong` the services made: they are given a command that writes each one down
/// before it goes on to the stand-in.
record KongCalls(Path folder) {
  static KongCalls of(Topology place) {
    return new KongCalls(place.folder().resolve("calls"));
  }

  /// Makes the command.
  ///
  /// @param kong what it goes on to
  Path recorded(Path kong, String version) {
    Path command = folder.resolve("kong-" + version);
    try {
      Files.createDirectories(folder);
      Files.writeString(
          command,
          """
          #!/bin/sh
          echo "$*" >> '%s'
          exec '%s' "$@"
          """
              .formatted(words(), kong));
      Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
      return command;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// That something was called, and never `kong migrations`.
  Check noMigrations() {
    List<String> calls = calls();
    List<String> migrations = calls.stream().filter(KongCalls::migrates).toList();
    return new Check(
        "no `kong migrations` was called",
        !calls.isEmpty() && migrations.isEmpty(),
        migrations.isEmpty()
            ? calls.size() + " calls of kong, none of them"
            : String.join(", ", migrations));
  }

  private static boolean migrates(String call) {
    return List.of(call.split(" ")).contains("migrations");
  }

  private Path words() {
    return folder.resolve("words");
  }

  private List<String> calls() {
    try {
      return Files.readAllLines(words());
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
