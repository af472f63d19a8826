package io.changeover.inventory;

import io.changeover.inventory.LoadResult.Invalid;
import io.changeover.inventory.LoadResult.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// An inventory folder that is read again when it changed. A broken file keeps what it said last,
/// says what is wrong, and disturbs no other file. Somebody has to call [#refresh()] from time to
/// time: files are compared by name, size, identity and time.
public final class InventoryFolder {

  /// A file written this shortly before it was read may change again without a new time stamp, so
  /// it is read again.
  private static final Duration UNSETTLED = Duration.ofSeconds(2);

  private record FileState(String name, long size, Instant modified, Optional<Object> identity) {}

  private record Snapshot(List<FileState> files, Instant at) {
    boolean settled() {
      return files.stream().allMatch(file -> file.modified().isBefore(at.minus(UNSETTLED)));
    }
  }

  private final Path folder;
  private final Clock clock;
  private Snapshot snapshot;
  private volatile Inventory inventory;
  private volatile List<InventoryError> errors;

  private InventoryFolder(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
    this.snapshot = new Snapshot(List.of(), Instant.EPOCH);
    this.inventory = new Inventory(Map.of());
    this.errors = List.of();
  }

  /// Reads the folder for the first time. What is wrong in it is in [#errors()], and the clusters
  /// of broken files are not in the inventory then.
  public static InventoryFolder open(Path folder) {
    return open(folder, Clock.systemUTC());
  }

  static InventoryFolder open(Path folder, Clock clock) {
    InventoryFolder opened = new InventoryFolder(folder, clock);
    opened.load(opened.look());
    return opened;
  }

  /// The folder.
  public Path folder() {
    return folder;
  }

  /// What each file said when it was last good; nothing of files that never were.
  public Inventory inventory() {
    return inventory;
  }

  /// What was wrong when the folder was last read; empty when all was well.
  public List<InventoryError> errors() {
    return errors;
  }

  /// Reads the folder again if it changed.
  ///
  /// @return whether the inventory or the errors are others than before
  public synchronized boolean refresh() {
    Snapshot now = look();
    if (now.files().equals(snapshot.files()) && snapshot.settled()) {
      return false;
    }
    return load(now);
  }

  private synchronized boolean load(Snapshot now) {
    snapshot = now;
    return switch (Inventory.load(folder)) {
      case Loaded(Inventory loaded) -> {
        boolean changed = !loaded.equals(inventory) || !errors.isEmpty();
        inventory = loaded;
        errors = List.of();
        yield changed;
      }
      case Invalid(List<InventoryError> found, Inventory sound) -> {
        Inventory kept = kept(found, sound);
        boolean changed = !found.equals(errors) || !kept.equals(inventory);
        inventory = kept;
        errors = found;
        yield changed;
      }
    };
  }

  /// The sound clusters, and those that stood in files (or in a folder) that are broken now.
  private Inventory kept(List<InventoryError> found, Inventory sound) {
    Set<Path> broken = found.stream().map(InventoryError::file).collect(Collectors.toSet());
    Map<String, Cluster> kept = new LinkedHashMap<>(sound.byName());
    inventory.clusters().stream()
        .filter(last -> broken.contains(folder) || broken.contains(last.source().file()))
        .forEach(last -> kept.putIfAbsent(last.name(), last));
    return new Inventory(Collections.unmodifiableMap(kept));
  }

  private Snapshot look() {
    List<FileState> files = new ArrayList<>();
    try {
      for (Path file : FolderReader.files(folder)) {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        files.add(
            new FileState(
                file.getFileName().toString(),
                attributes.size(),
                attributes.lastModifiedTime().toInstant(),
                Optional.ofNullable(attributes.fileKey())));
      }
    } catch (IOException e) {
      // Loading names the cause; this snapshot equals no other, so that the next look tries again.
      files.add(new FileState(e.getClass().getName(), -1, clock.instant(), Optional.empty()));
    }
    return new Snapshot(List.copyOf(files), clock.instant());
  }
}
