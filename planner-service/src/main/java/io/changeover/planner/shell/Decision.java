package io.changeover.planner.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One decision, for the log and the metrics.
///
/// @param input what was decided on: `request`, `report`, `timer` or `admission`
/// @param events names of the events, in order
/// @param refusals why it was refused, stable names; empty when it was not
/// @param stage the upgrade's stage afterwards
/// @param phase the phase that it was about, or null
/// @param attempt the attempt of the phase, 0 when there is none
/// @param trace the W3C trace id, or empty
record Decision(
    String upgrade,
    String cluster,
    long seq,
    String input,
    String inputId,
    List<String> events,
    List<String> refusals,
    String stage,
    @Nullable String phase,
    int attempt,
    String trace) {}
