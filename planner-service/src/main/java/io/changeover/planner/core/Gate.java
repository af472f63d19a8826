package io.changeover.planner.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A place where the upgrade waits on a person, a time window or a program.
///
/// @param deadline how long it may stay open before the upgrade is held, null for ever
public record Gate(String name, @Nullable Duration deadline) implements Step {}
