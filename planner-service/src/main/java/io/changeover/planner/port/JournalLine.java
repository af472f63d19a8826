package io.changeover.planner.port;

import java.time.Instant;
import java.util.List;

/// One journal entry on its way into the ledger, with what it asks to be sent.
///
/// @param lane the lane of the cluster
/// @param upgrade the upgrade it belongs to
/// @param seq 1, 2, 3 … within the upgrade
/// @param cluster the upgrade's cluster
/// @param at when it was decided
/// @param data the encoded entry, as it goes to the journal topic
/// @param commands the messages that the decision sends, in order
@SuppressWarnings("ArrayRecordComponent") // bytes pass through and are never compared
public record JournalLine(
    int lane,
    String upgrade,
    long seq,
    String cluster,
    Instant at,
    byte[] data,
    List<Outgoing> commands) {}
