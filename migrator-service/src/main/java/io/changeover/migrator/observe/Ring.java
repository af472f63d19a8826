package io.changeover.migrator.observe;

import java.util.List;
import java.util.Optional;

/// The nodes of a Cassandra cluster, as one of them tells.
///
/// @param members every node that it knows, itself first
public record Ring(List<Member> members) {

  /// Whether the driver reaches a node.
  public enum Reached {
    YES,
    NO,
    /// It has not tried: as a rule because the node is in another data centre.
    UNTRIED
  }

  /// One node.
  ///
  /// @param release as `release_version` says, `3.11.19`; empty when the node never said it
  /// @param schemaVersion of the schema that it has; nodes that agree have the same
  public record Member(
      String address,
      String datacenter,
      String release,
      Optional<String> schemaVersion,
      Reached reached) {

    /// Whether the driver has tried to reach it in vain.
    public boolean isDown() {
      return reached == Reached.NO;
    }

    /// `3` of `3.11.19`; 0 when it can't be read.
    public int major() {
      String digits = release.split("\\.", -1)[0];
      return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : 0;
    }

    /// `11` of `3.11.19`; 0 when it can't be read.
    public int minor() {
      String[] parts = release.split("\\.", -1);
      return parts.length > 1 && parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) : 0;
    }
  }

  public Ring {
    members = List.copyOf(members);
  }

  /// Whether a node is in the data centre of the one that tells, which the driver tries.
  public boolean isLocal(Member member) {
    return member.datacenter().equals(members.getFirst().datacenter());
  }
}
