package io.changeover.inventory;

import java.time.Duration;
import java.util.Optional;

/// One step of the shift.
///
/// @param setWeight green's share of new requests in percent, 1 to 100
/// @param pause the least time at this weight
/// @param analysis what must hold before the next step: the step's own or the policy's; absent:
///   nothing
public record Step(int setWeight, Duration pause, Optional<Analysis> analysis) {}
