package io.changeover.sandbox.kong;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What one Kong version is, as data: its migrations, its settings' defaults, its entities and the
/// few places where its behaviour differs from its neighbours'. A further version is a further
/// value.
///
/// A schema's age is told by the names of core's migrations: what 2.1 brought is there when [#has]
/// says so of `009_200_to_210`.
///
/// @param version its name here: numbers only, of three parts for Community and of four for
///   Enterprise from 1.3 on
/// @param subsystems core first, then Enterprise's own, then the bundled plugins that have
///   migrations, in the order observed on PostgreSQL
/// @param plugins every bundled plugin, with or without migrations
/// @param defaults settings before any file or environment
/// @param uniqueTargets whether an upstream holds a target once (2.2) or as a history of rows (2.1)
/// @param routeBuffering whether routes have `request_buffering` and `response_buffering`
/// @param earlyPendingCheck whether `up` refuses pending migrations before it takes the lock, in
///   one short line
/// @param lines where in Kong's own sources the errors of its commands come from; they are part of
///   its messages
public record Profile(
    String version,
    Edition edition,
    List<Subsystem> subsystems,
    List<String> plugins,
    Map<String, String> defaults,
    boolean uniqueTargets,
    boolean routeBuffering,
    boolean earlyPendingCheck,
    Lines lines) {

  /// Line numbers of `kong/cmd/utils/migrations.lua` that show in messages.
  public record Lines(
      int bootstrap,
      int upPending,
      int forcedUp,
      int up,
      int startMutex,
      int forcedFinish,
      int finish) {}

  private static final Map<String, Profile> KNOWN =
      Profiles.all().stream().collect(Collectors.toUnmodifiableMap(Profile::version, p -> p));

  /// Who may have it.
  public enum Edition {
    COMMUNITY,
    ENTERPRISE
  }

  /// The versions the stand-in knows, in no order.
  public static Set<String> versions() {
    return KNOWN.keySet();
  }

  /// How it names itself, in `kong version`, in the Admin API and in headers. Enterprise was seen
  /// to do it so in headers; what its command line prints is not known, and this is said there too.
  public String banner() {
    return edition == Edition.ENTERPRISE ? version + "-enterprise-edition" : version;
  }

  /// Whether core has this migration in this version.
  boolean has(String coreMigration) {
    return subsystems.getFirst().migrations().stream()
        .anyMatch(migration -> migration.name().equals(coreMigration));
  }

  /// Whether rows belong to workspaces, and unique values and cache keys name them (from 2.1).
  public boolean workspaces() {
    return has("009_200_to_210");
  }

  /// Whether nodes have a Status API (from 1.4).
  public boolean statusApi() {
    return has("006_130_to_140");
  }

  /// What this binary sees of a store, of which these are the rows of the bookkeeping, if it has
  /// any.
  SchemaState state(List<Subsystem> known, Optional<List<SchemaRow>> recorded) {
    return recorded.isEmpty()
        ? SchemaState.unbootstrapped(known)
        : SchemaState.compare(known, recorded.orElseThrow());
  }

  /// The profile of a version.
  ///
  /// @throws IllegalArgumentException when the stand-in has no such version
  public static Profile of(String version) {
    Profile profile = KNOWN.get(version);
    if (profile == null) {
      throw new IllegalArgumentException(
          "Expected a version the stand-in knows, one of "
              + KNOWN.keySet().stream().sorted().toList()
              + ", but got '"
              + version
              + "'");
    }
    return profile;
  }

  /// The subsystems that a binary with these plugins enabled sees: core, Enterprise's, and what is
  /// enabled, with what Enterprise adds to it; the rest is invisible to it.
  public List<Subsystem> subsystems(List<String> enabledPlugins) {
    List<Subsystem> seen = new ArrayList<>();
    for (Subsystem subsystem : subsystems) {
      String plugin = subsystem.name().replaceFirst("^enterprise\\.", "");
      if (List.of("core", "enterprise").contains(plugin) || enabledPlugins.contains(plugin)) {
        seen.add(subsystem);
      }
    }
    return List.copyOf(seen);
  }

  /// The entities of this version, parents before children.
  public List<EntitySchema> entities() {
    return EntitySchemas.of(this);
  }

  /// The entity of that name, which is also its table's.
  ///
  /// @throws IllegalArgumentException when this version has no such entity
  public EntitySchema entity(String name) {
    for (EntitySchema schema : entities()) {
      if (schema.name().equals(name)) {
        return schema;
      }
    }
    throw new IllegalArgumentException(
        "Expected an entity of Kong " + version + ", but got '" + name + "'");
  }
}
