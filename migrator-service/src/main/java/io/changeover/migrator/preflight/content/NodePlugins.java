package io.changeover.migrator.preflight.content;

import io.changeover.inventory.Role;
import java.util.Optional;
import java.util.Set;

/// The plugins that one node has.
///
/// @param side `blue` or `green`
/// @param role in a hybrid cluster only
/// @param names `bundled` stands for those of its edition; empty where nobody can say
/// @param evidence who said so
public record NodePlugins(
    String node, String side, Optional<Role> role, Optional<Set<String>> names, String evidence) {

  boolean dataPlane() {
    return role.equals(Optional.of(Role.DATA_PLANE));
  }

  String told() {
    return role.map(one -> one.word() + " ").orElse("node ") + node + " of " + side;
  }
}
