package io.changeover.inventory;

import java.util.Map;
import java.util.Optional;

/// What keeps blue from coming back once it is stopped: Kong itself lets an old node start on a
/// finished schema.
///
/// @param roles the database role that the nodes of a version log in with, and nobody else, by
///   version; its LOGIN is taken when they are stopped as blue, and given back when they are
///   started again
/// @param user who may do that; the datastore's user when absent
/// @param password that user's password; empty text where the server asks for none
public record Fence(Map<String, String> roles, Optional<String> user, Secret password) {

  public Fence {
    roles = Map.copyOf(roles);
  }

  /// The role of a version's own, if it has one.
  public Optional<String> role(String version) {
    return Optional.ofNullable(roles.get(version));
  }
}
