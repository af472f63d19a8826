package io.changeover.inventory;

import java.time.Duration;

/// A runbook that must succeed before a phase begins.
public record Hook(RunbookName runbook, String before, Duration deadline) {}
