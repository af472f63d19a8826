package io.changeover.migrator.work;

import io.changeover.migrator.MigratorSettings;
import io.changeover.migrator.observe.MetaReading;
import io.changeover.worker.kong.Reach;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers on disk which `kong migrations` this worker has running, and under which owner's name
/// it took Kong's lock.
///
/// A killed run leaves its lock behind until it expires, which may be an hour. After a crash of
/// this worker the note tells whether the holder is a process of ours: alive (then we wait for it)
/// or gone (then its lock may be taken away). Only a child process of this machine can be judged;
/// for `docker exec` and `ssh` the expiry has to be awaited.
@Singleton
final class RunningMigrations {

  private static final Logger LOG = LoggerFactory.getLogger(RunningMigrations.class);

  private final Path folder;
  private final Duration limit;

  RunningMigrations(MigratorSettings settings) {
    this.folder = settings.state();
    this.limit = settings.reading();
  }

  /// @param owner of Kong's lock while it ran
  /// @param processes `pid start` of the command and of all it had started by then: `kong` is a
  ///   script that starts others
  private record Note(String owner, List<String> processes) {

    static Note of(String owner, ProcessHandle process) {
      return new Note(
          owner, Stream.concat(Stream.of(process), process.descendants()).map(Note::name).toList());
    }

    /// A number alone would name another process some day.
    private static String name(ProcessHandle process) {
      return process.pid() + " " + process.info().startInstant().map(Instant::toString).orElse("");
    }

    boolean alive() {
      return processes.stream()
          .anyMatch(
              name ->
                  ProcessHandle.of(Long.parseLong(name.split(" ", -1)[0]))
                      .filter(ProcessHandle::isAlive)
                      .filter(process -> name(process).equals(name))
                      .isPresent());
    }
  }

  /// A run that is about to begin.
  Run begin(Subject subject) {
    return new Run(subject);
  }

  /// Watches one run and notes down who holds the lock while it runs.
  final class Run implements AutoCloseable {

    private final Subject subject;
    private volatile boolean over;

    private Run(Subject subject) {
      this.subject = subject;
    }

    void started(ProcessHandle process) {
      if (Reach.of(subject.green().target().command()) == Reach.LOCAL) {
        Thread.ofVirtual().name("lock-note-" + subject.cluster().name()).start(() -> note(process));
      }
    }

    /// The lock's owner is a random name: the one that appears while our process runs and we hold
    /// the advisory lock is taken for ours only if Kong's lock was free when we began, which the
    /// rules made sure of.
    private void note(ProcessHandle process) {
      try {
        while (!over && process.isAlive()) {
          Optional<MetaReading.Lock> lock = lock();
          if (lock.isPresent()) {
            write(subject, Note.of(lock.orElseThrow().owner(), process));
            return;
          }
          Thread.sleep(100);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException e) {
        LOG.atWarn()
            .addKeyValue("cluster", subject.cluster().name())
            .log("The running migration could not be noted in {}: {}", folder, e.getMessage());
      }
    }

    private Optional<MetaReading.Lock> lock() {
      return subject.greenStore().tables(limit) instanceof MetaReading.Rows(_, var lock)
          ? lock
          : Optional.empty();
    }

    /// The run has ended under our eyes: nothing of it is left to be judged later.
    @Override
    public void close() {
      over = true;
      try {
        Files.deleteIfExists(file(subject));
      } catch (IOException e) {
        LOG.atWarn()
            .addKeyValue("cluster", subject.cluster().name())
            .log("A note stays: {}", e.getMessage());
      }
    }
  }

  /// Takes Kong's lock away from a run of ours that is proven to be gone.
  ///
  /// @return whether it did; false for anybody else's lock
  boolean release(Subject subject, MetaReading.Lock lock) {
    Optional<Note> note = read(subject);
    if (note.isEmpty()
        || !note.orElseThrow().owner().equals(lock.owner())
        || note.orElseThrow().alive()) {
      return false;
    }
    return subject.greenStore().removeLock(lock.owner(), limit);
  }

  private void write(Subject subject, Note note) throws IOException {
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "run", ".part");
    Files.writeString(part, note.owner() + "\n" + String.join("\n", note.processes()));
    Files.move(
        part, file(subject), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Optional<Note> read(Subject subject) {
    try {
      List<String> lines = Files.readAllLines(file(subject));
      return lines.size() < 2
          ? Optional.empty()
          : Optional.of(new Note(lines.getFirst(), lines.subList(1, lines.size())));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /// An inventory's names are names of files too.
  private Path file(Subject subject) {
    return folder.resolve(subject.cluster().name() + ".run");
  }
}
