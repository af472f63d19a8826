package io.changeover.exporter.backup;

import io.changeover.messages.PhaseCommand;
import io.changeover.schemas.Actions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where the backup of one attempt goes: `<backups>/<cluster>/<upgrade>/attempt-<n>`, and
/// `<phase>-attempt-<n>` for the hops after the first, which have a backup of their own each. It is
/// written beside that under a name that says it is partial, and gets its own name in one step,
/// once it is on the disk.
final class BackupPlace {

  /// The phase of the first hop.
  private static final String FIRST = Actions.BACKUP;

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

  private final Path upgrade;
  private final String name;

  private BackupPlace(Path upgrade, String name) {
    this.upgrade = upgrade;
    this.name = name;
  }

  /// Empty when the upgrade's id or the phase's name could name a place outside the folder: ids
  /// come from messages, paths never do.
  static Optional<BackupPlace> of(Path backups, PhaseCommand command) {
    String hop = command.getPhase().equals(FIRST) ? "" : command.getPhase() + "-";
    return Stream.of(command.getCluster(), command.getUpgrade(), hop + FIRST)
            .allMatch(name -> SAFE.matcher(name).matches())
        ? Optional.of(
            new BackupPlace(
                backups.resolve(command.getCluster()).resolve(command.getUpgrade()),
                hop + "attempt-" + command.getAttempt()))
        : Optional.empty();
  }

  /// The complete backup.
  Path complete() {
    return upgrade.resolve(name);
  }

  /// The partial one.
  Path partial() {
    return upgrade.resolve(name + ".partial");
  }

  /// Keeps every other process from writing here.
  ///
  /// @return empty when another one does
  Optional<Lock> lock() throws IOException {
    Durable.folder(upgrade);
    Path file = upgrade.resolve(name + ".lock");
    if (!Files.exists(file)) {
      Durable.file(file);
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new Lock(channel));
      }
    } catch (OverlappingFileLockException e) {
      // Another thread of this process has it, which is as good as another process.
    }
    channel.close();
    return Optional.empty();
  }

  /// An empty folder to write to; what a crash left there is removed.
  Path begin() throws IOException {
    Durable.remove(partial());
    return Durable.folder(partial());
  }

  /// Makes the partial backup the complete one, in one step, durably.
  void publish() throws IOException {
    Durable.force(partial());
    Files.move(partial(), complete(), StandardCopyOption.ATOMIC_MOVE);
    Durable.force(upgrade);
  }

  /// Held while a backup is written.
  record Lock(FileChannel channel) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
