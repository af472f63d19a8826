package io.changeover.sandbox.kong;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `database = off`: there is no schema, so everything counts as migrated, and nothing can be read
/// or written.
final class OffStore implements Store {
  private final Profile profile;
  private final KongSettings settings;

  OffStore(Profile profile, KongSettings settings) {
    this.profile = profile;
    this.settings = settings;
  }

  @Override
  public String kind() {
    return "off";
  }

  @Override
  public String title() {
    return "off";
  }

  @Override
  public String noun() {
    return "database";
  }

  @Override
  public String name() {
    return "off";
  }

  @Override
  public String serverVersion() {
    return "";
  }

  @Override
  public boolean reachable() {
    return true;
  }

  @Override
  public SchemaState schemaState() {
    return SchemaState.allExecuted(profile.subsystems(settings.plugins()));
  }

  @Override
  public Optional<List<SchemaRow>> schemaRows() {
    return Optional.of(List.of());
  }

  @Override
  public Set<String> pluginsInUse() {
    return Set.of();
  }

  @Override
  public void bootstrap() {}

  @Override
  public void reset() {}

  @Override
  public void up(String subsystem, Migration migration, Duration delay) {}

  @Override
  public void teardown(String subsystem, Migration migration) {}

  @Override
  public void recordPending(String subsystem, String migration) {}

  @Override
  public void recordExecuted(String subsystem, String migration) {}

  @Override
  public void recordTeardown(String subsystem, String migration) {}

  @Override
  public boolean acquireLock(String key, String owner, Duration ttl) {
    return true;
  }

  @Override
  public boolean lockHeld(String key) {
    return false;
  }

  @Override
  public void releaseLock(String key, String owner) {}

  @Override
  public Entities entities() {
    throw new KongException("there are no entities to reach with database = off");
  }

  @Override
  public ClusterEvents events() {
    throw new KongException("there are no cluster events with database = off");
  }

  @Override
  public Counters counters() {
    throw new KongException("there are no shared counters with database = off");
  }

  @Override
  public void close() {}
}
