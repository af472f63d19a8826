/// Pure decisions: an observation and a command in, what to do out. No clock, no I/O. Start reading
/// at [io.changeover.traffic.decide.StepWatch] (is a step done?) and
/// [io.changeover.traffic.decide.ShiftChoice] (may weights be moved?).
@NullMarked
package io.changeover.traffic.decide;

import org.jspecify.annotations.NullMarked;
