package io.changeover.sandbox.kong;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `database = off`: there is no schema, so everything counts as migrated. Entities come from the
/// file of `declarative_config`, which is read when they are first asked for, and can't be changed
/// one by one.
final class OffStore implements Store, Declared {
  private final Profile profile;
  private final KongSettings settings;
  private @Nullable DeclaredEntities entities;
  private String posted = "";

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
  public Optional<Declared> declared() {
    return Optional.of(this);
  }

  @Override
  public synchronized void reread() {
    entities = fromFile();
    posted = "";
  }

  @Override
  public synchronized void take(Map<?, ?> content) {
    entities =
        new DeclaredEntities(
            new DeclarativeReader(profile, settings.plugins()).read(content).rows());
  }

  private DeclaredEntities fromFile() {
    String file = settings.get("declarative_config");
    return new DeclaredEntities(
        file.isEmpty()
            ? Map.of()
            : DeclarativeFile.parse(Path.of(file), profile, settings.plugins()).rows());
  }

  @Override
  public synchronized Optional<Map<String, Map<String, Map<String, @Nullable Object>>>> replace(
      String text, boolean unlessSame) {
    if (unlessSame && text.equals(posted)) {
      return Optional.empty();
    }
    DeclarativeFile file = DeclarativeFile.ofText(text, profile, settings.plugins());
    entities = new DeclaredEntities(file.rows());
    posted = text;
    Map<String, Map<String, Map<String, @Nullable Object>>> byId = new LinkedHashMap<>();
    file.rows()
        .forEach(
            (entity, rows) -> {
              if (!rows.isEmpty()) {
                Map<String, Map<String, @Nullable Object>> ids = new LinkedHashMap<>();
                rows.forEach(row -> ids.put(String.valueOf(row.get("id")), row));
                byId.put(entity, ids);
              }
            });
    return Optional.of(byId);
  }

  @Override
  public synchronized Entities entities() {
    DeclaredEntities known = entities;
    if (known == null) {
      known = fromFile();
      entities = known;
    }
    return known;
  }

  /// A node without a database is alone: nobody is told, and nobody tells.
  @Override
  public ClusterEvents events() {
    return new ClusterEvents() {
      @Override
      public void publish(UUID nodeId, List<Event> events) {}

      @Override
      public List<Event> since(Instant at, UUID notFromNode) {
        return List.of();
      }

      @Override
      public Instant now() {
        return Instant.now();
      }
    };
  }

  @Override
  public Counters counters() {
    throw new KongException("there are no shared counters with database = off");
  }

  @Override
  public void close() {}
}
