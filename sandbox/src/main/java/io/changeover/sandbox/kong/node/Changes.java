package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.kong.EntitySchema;
import io.changeover.sandbox.kong.Invalidations;
import io.changeover.sandbox.kong.Profile;
import io.changeover.sandbox.kong.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes of the Admin API: checks, writes, tells the other nodes and lets this node read again.
final class Changes {

  /// Fields are wrong.
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Map<String, Object> fields;

    Invalid(Map<String, Object> fields) {
      super("schema violation");
      this.fields = fields;
    }

    Map<String, Object> fields() {
      return fields;
    }
  }

  private final Store store;
  private final Profile profile;
  private final UUID node;
  private final LiveConfiguration live;
  private final Clock clock;
  private final Set<String> enabledPlugins;
  private final Runnable changed;

  /// @param changed runs after each change
  Changes(
      Store store,
      Profile profile,
      UUID node,
      LiveConfiguration live,
      Clock clock,
      Set<String> enabledPlugins,
      Runnable changed) {
    this.store = store;
    this.profile = profile;
    this.node = node;
    this.live = live;
    this.clock = clock;
    this.enabledPlugins = enabledPlugins;
    this.changed = changed;
  }

  Map<String, @Nullable Object> insert(String entity, Map<String, @Nullable Object> given)
      throws Invalid {
    EntitySchema schema = profile.entity(entity);
    Map<String, @Nullable Object> row = schema.complete(Secrets.prepared(entity, given), now());
    check(schema, row);
    Map<String, @Nullable Object> stored = store.entities().insert(entity, row);
    announce(schema, stored, "create");
    return stored;
  }

  /// Changes some fields; `config` and other records are merged.
  Map<String, @Nullable Object> update(
      String entity, Map<String, @Nullable Object> before, Map<String, @Nullable Object> given)
      throws Invalid {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>();
    Secrets.hashed(entity, given, Rows.foreign(before, "consumer"))
        .forEach((name, value) -> changed.put(name, merged(before.get(name), value)));
    return replace(entity, before, changed);
  }

  /// Sets every field: what is not given becomes its default.
  Map<String, @Nullable Object> overwrite(
      String entity, Map<String, @Nullable Object> before, Map<String, @Nullable Object> given)
      throws Invalid {
    Map<String, @Nullable Object> whole =
        profile.entity(entity).complete(Secrets.prepared(entity, given), now());
    whole.put("created_at", before.get("created_at"));
    return replace(entity, before, whole);
  }

  private Map<String, @Nullable Object> replace(
      String entity, Map<String, @Nullable Object> before, Map<String, @Nullable Object> changed)
      throws Invalid {
    EntitySchema schema = profile.entity(entity);
    Map<String, @Nullable Object> after = new LinkedHashMap<>(before);
    after.putAll(changed);
    after.put("id", before.get("id"));
    if (schema.field("updated_at") != null) {
      after.put("updated_at", now().getEpochSecond());
    }
    check(schema, after);
    Map<String, @Nullable Object> stored =
        store.entities().update(entity, Rows.text(before, "id"), after);
    Map<String, @Nullable Object> result = stored == null ? after : stored;
    announce(schema, result, "update");
    return result;
  }

  void delete(String entity, Map<String, @Nullable Object> row) {
    store.entities().delete(entity, Rows.text(row, "id"));
    announce(profile.entity(entity), row, "delete");
  }

  private void check(EntitySchema schema, Map<String, @Nullable Object> row) throws Invalid {
    Map<String, Object> wrong = new LinkedHashMap<>(schema.violations(row));
    String plugin = Rows.text(row, "name");
    if (schema.name().equals("plugins") && !plugin.isEmpty() && !enabledPlugins.contains(plugin)) {
      wrong.put(
          "name",
          "plugin '%s' not enabled; add it to the 'plugins' configuration property"
              .formatted(plugin));
    }
    if (!wrong.isEmpty()) {
      throw new Invalid(wrong);
    }
  }

  private void announce(EntitySchema schema, Map<String, @Nullable Object> row, String operation) {
    String workspace = schema.workspaced() ? store.entities().defaultWorkspace() : "";
    store.events().publish(node, Invalidations.of(schema, row, workspace, operation));
    live.changedHere();
    changed.run();
  }

  private Instant now() {
    return clock.instant();
  }

  private static @Nullable Object merged(@Nullable Object before, @Nullable Object given) {
    if (!(before instanceof Map<?, ?> old) || !(given instanceof Map<?, ?> changes)) {
      return given;
    }
    if (old.containsKey("id")) {
      return given;
    }
    Map<Object, @Nullable Object> all = new LinkedHashMap<>(old);
    changes.forEach((name, value) -> all.put(name, merged(old.get(name), value)));
    return all;
  }
}
