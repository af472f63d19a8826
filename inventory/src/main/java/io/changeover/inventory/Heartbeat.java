package io.changeover.inventory;

import java.time.Duration;

/// How often a worker says that it works, and after how much silence it counts as gone.
public record Heartbeat(Duration interval, Duration timeout) {}
