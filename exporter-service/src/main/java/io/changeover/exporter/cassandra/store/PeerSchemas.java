package io.changeover.exporter.cassandra.store;

import java.util.Set;
import java.util.TreeSet;

/// What the node that answers knows of the schemas of its peers. It remembers the last one of those
/// that are down, which the driver passes over; a peer that is down with the same schema is in
/// neither set.
///
/// @param differing addresses of peers with another schema than its own
/// @param unknown addresses of peers that have never told it theirs
public record PeerSchemas(Set<String> differing, Set<String> unknown) {
  public PeerSchemas {
    differing = Set.copyOf(differing);
    unknown = Set.copyOf(unknown);
  }

  /// Addresses in an order that does not change.
  public static String listed(Set<String> addresses) {
    return String.join(", ", new TreeSet<>(addresses));
  }
}
