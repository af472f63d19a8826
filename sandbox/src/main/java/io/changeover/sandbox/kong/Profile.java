package io.changeover.sandbox.kong;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What one Kong version is, as data: its migrations, its settings' defaults, its entities and the
/// few places where its behaviour differs from its neighbours'. A further version is a further
/// value.
///
/// @param version what `kong version` prints
/// @param subsystems core first, then the bundled plugins that have migrations, in the order
///   observed on PostgreSQL
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
      Map.of("2.1.4", Profiles.kong214(), "2.2.2", Profiles.kong222());

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

  /// The subsystems that a binary with these plugins enabled sees: core and what is enabled; the
  /// rest is invisible to it.
  public List<Subsystem> subsystems(List<String> enabledPlugins) {
    List<Subsystem> seen = new ArrayList<>();
    for (Subsystem subsystem : subsystems) {
      if (subsystem.name().equals("core") || enabledPlugins.contains(subsystem.name())) {
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
