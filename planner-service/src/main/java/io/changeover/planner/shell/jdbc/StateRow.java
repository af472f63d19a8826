package io.changeover.planner.shell.jdbc;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One upgrade as the state table has it, for readers.
///
/// @param version sequence number of the last journal entry
/// @param due no later than the earliest deadline
/// @param quarantine why it is out of service, null when it is not
/// @param data the encoded state
@SuppressWarnings("ArrayRecordComponent") // bytes pass through and are never compared
@MappedEntity("state")
public record StateRow(
    @Id String id,
    String cluster,
    long version,
    String stage,
    boolean ended,
    @Nullable Instant due,
    Instant startedAt,
    Instant changedAt,
    @Nullable String quarantine,
    byte[] data) {}
