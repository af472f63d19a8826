package io.changeover.planner.core;

import java.time.Duration;

/// How long the planner waits and how often it tries.
///
/// @param maxAttempts attempts of a phase before the upgrade is held
/// @param backoff before the second attempt; doubles from there
/// @param heartbeat how often a worker must be heard from
/// @param heartbeatTimeout silence after which an attempt counts as lost
public record Patience(
    int maxAttempts, Duration backoff, Duration heartbeat, Duration heartbeatTimeout) {}
