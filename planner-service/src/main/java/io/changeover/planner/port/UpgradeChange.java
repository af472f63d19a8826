package io.changeover.planner.port;

/// An upgrade as it shall be stored.
///
/// @param expectedVersion the version that must be there now; 0: none
/// @param upgrade what to store
public record UpgradeChange(long expectedVersion, StoredUpgrade upgrade) {}
