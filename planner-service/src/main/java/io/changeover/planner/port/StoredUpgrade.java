package io.changeover.planner.port;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One upgrade as the ledger keeps it.
///
/// @param id the upgrade's id
/// @param cluster the cluster it moves
/// @param lane the lane of the cluster
/// @param version the sequence number of its last journal entry; 0 for one not yet written
/// @param stage the short name of its stage
/// @param counted whether it takes one of the `maxInFlight` places
/// @param ended whether nothing more can happen to it
/// @param due no later than the state's earliest deadline; null when nothing is to come
/// @param startedAt when its first entry was decided
/// @param changedAt when its last entry was decided
/// @param quarantine why it is out of service; null when it is not
/// @param hash hash of its last journal entry
/// @param data the state, encoded
@SuppressWarnings("ArrayRecordComponent") // bytes pass through and are never compared
public record StoredUpgrade(
    String id,
    String cluster,
    int lane,
    long version,
    String stage,
    boolean counted,
    boolean ended,
    @Nullable Instant due,
    Instant startedAt,
    Instant changedAt,
    @Nullable String quarantine,
    byte[] hash,
    byte[] data) {}
