package io.changeover.planner.core;

import java.time.Instant;

/// The named cause of standing still, with its evidence.
///
/// @param at the phase or gate it stands at
/// @param attempt the last attempt of that phase, 0 when there was none
public record Hold(
    HoldCause cause,
    String reason,
    String expected,
    String remedy,
    String at,
    int attempt,
    Instant since) {}
