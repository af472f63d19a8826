package io.changeover.exporter.cassandra.copy;

import io.changeover.exporter.cassandra.digest.TableDigests;

/// What a copy has done, earlier runs of it included.
///
/// @param rows written
/// @param tables that had any
/// @param ttlRows rows written that end by themselves
/// @param skipped rows that would have ended too soon
/// @param millis of the run that completed it
/// @param fold of the targets
/// @param config the source's configuration as it was read
public record CopyTally(
    long rows,
    int tables,
    long ttlRows,
    long skipped,
    long millis,
    TargetFold fold,
    TableDigests config) {}
