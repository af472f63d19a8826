package io.changeover.planner.shell.jdbc;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/// One journal entry as the journal table has it, for readers.
///
/// @param position within the lane
/// @param seq within the upgrade
/// @param data the encoded entry
@SuppressWarnings("ArrayRecordComponent") // bytes pass through and are never compared
@MappedEntity("journal")
public record JournalRow(
    @Id long position, String upgrade, long seq, String cluster, Instant at, byte[] data) {}
