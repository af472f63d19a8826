package io.changeover.sandbox.kong;

import java.time.Duration;
import java.util.List;

/// The data planes that the control planes of a cluster have heard of, in the database.
public interface DataPlaneRows {
  /// One data plane.
  ///
  /// @param lastSeen epoch seconds
  /// @param ttl seconds until the row is gone; counts down
  record DataPlaneRow(
      String id, String ip, String hostname, long lastSeen, String configHash, long ttl) {}

  /// Writes the row anew, with its whole time to live.
  void upsert(String id, String ip, String hostname, String configHash, Duration ttl);

  /// The rows that are not out of date, by id.
  List<DataPlaneRow> all();
}
