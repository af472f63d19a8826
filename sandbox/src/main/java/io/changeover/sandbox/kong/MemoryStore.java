package io.changeover.sandbox.kong;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The bookkeeping of migrations and the lock of one cluster, in memory; there are no tables behind
/// it and no entities in it. Several binaries of different versions look at it through [#as].
final class MemoryStore {
  private record Lock(String owner, Instant end) {}

  private final String name;
  private final InstantSource clock;
  private final Map<String, SchemaRow> rows = new LinkedHashMap<>();
  private final Map<String, Lock> locks = new HashMap<>();
  private boolean bootstrapped;

  MemoryStore(String name, InstantSource clock) {
    this.name = name;
    this.clock = clock;
  }

  /// What a binary of that profile sees.
  Store as(Profile profile) {
    return new View(profile);
  }

  private synchronized void change(
      String subsystem, String executed, String pending, String settled) {
    SchemaRow row = SchemaRow.find(List.copyOf(rows.values()), subsystem);
    List<String> done = new ArrayList<>(row.executed());
    List<String> open = new ArrayList<>(row.pending());
    if (!executed.isEmpty()) {
      done.add(executed);
    }
    if (!pending.isEmpty()) {
      open.add(pending);
    }
    open.removeIf(migration -> migration.equals(settled));
    String last = executed.isEmpty() ? row.lastExecuted() : executed;
    rows.put(subsystem, new SchemaRow(subsystem, last, List.copyOf(done), List.copyOf(open)));
  }

  private synchronized Optional<List<SchemaRow>> snapshot() {
    return bootstrapped ? Optional.of(List.copyOf(rows.values())) : Optional.empty();
  }

  private synchronized void bootstrap() {
    bootstrapped = true;
  }

  private synchronized void reset() {
    bootstrapped = false;
    rows.clear();
    locks.clear();
  }

  private synchronized boolean acquire(String key, String owner, Duration ttl) {
    if (held(key)) {
      return false;
    }
    locks.put(key, new Lock(owner, clock.instant().plus(ttl)));
    return true;
  }

  private synchronized boolean held(String key) {
    Lock lock = locks.get(key);
    return lock != null && !lock.end().isBefore(clock.instant());
  }

  private synchronized void release(String key, String owner) {
    locks.computeIfPresent(key, (k, lock) -> lock.owner().equals(owner) ? null : lock);
  }

  /// One version's view.
  private final class View implements Store {
    private final Profile profile;

    View(Profile profile) {
      this.profile = profile;
    }

    @Override
    public String kind() {
      return "postgres";
    }

    @Override
    public String title() {
      return "PostgreSQL";
    }

    @Override
    public String noun() {
      return "database";
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String serverVersion() {
      return "memory";
    }

    @Override
    public boolean reachable() {
      return true;
    }

    @Override
    public SchemaState schemaState() {
      return profile.state(profile.subsystems(), schemaRows());
    }

    @Override
    public Optional<List<SchemaRow>> schemaRows() {
      return snapshot();
    }

    @Override
    public Set<String> pluginsInUse() {
      return Set.of();
    }

    @Override
    public void bootstrap() {
      MemoryStore.this.bootstrap();
    }

    @Override
    public void reset() {
      MemoryStore.this.reset();
    }

    @Override
    public void up(String subsystem, Migration migration, Duration delay) {}

    @Override
    public void teardown(String subsystem, Migration migration) {}

    @Override
    public void recordPending(String subsystem, String migration) {
      change(subsystem, "", migration, "");
    }

    @Override
    public void recordExecuted(String subsystem, String migration) {
      change(subsystem, migration, "", "");
    }

    @Override
    public void recordTeardown(String subsystem, String migration) {
      change(subsystem, migration, "", migration);
    }

    @Override
    public boolean acquireLock(String key, String owner, Duration ttl) {
      return acquire(key, owner, ttl);
    }

    @Override
    public boolean lockHeld(String key) {
      return held(key);
    }

    @Override
    public void releaseLock(String key, String owner) {
      release(key, owner);
    }

    @Override
    public Entities entities() {
      throw new KongException("there are no entities in memory");
    }

    @Override
    public ClusterEvents events() {
      throw new KongException("there are no cluster events in memory");
    }

    @Override
    public Counters counters() {
      throw new KongException("there are no shared counters in memory");
    }

    @Override
    public void close() {}
  }
}
