package io.changeover.inventory;

import java.time.Duration;

/// How often a phase is tried, and how long the first wait between two attempts is.
public record Retry(int maxAttempts, Duration backoff) {}
