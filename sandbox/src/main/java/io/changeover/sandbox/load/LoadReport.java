package io.changeover.sandbox.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the load client has seen so far; the JSON that it exports has these names. Times in ms are
/// of answered requests.
///
/// @param sent requests begun: `ok + failed + inFlight`
/// @param failures failed requests by reason: refused, unreachable, closed, closed-reused, timeout,
///   malformed, status-NNN, wrong-echo
/// @param servedBy answers by the version in `Via` or `Server`
/// @param closedIdle kept connections that their peer closed while no request ran on them: no
///   failure, but a sign of one that was near
/// @param recentFailures the last few failures in words
public record LoadReport(
    boolean running,
    Instant startedAt,
    Instant updatedAt,
    long sent,
    long ok,
    long failed,
    long inFlight,
    long fresh,
    long keptAlive,
    Map<String, Long> failures,
    Map<String, Long> servedBy,
    long closedIdle,
    double ratePerSecond,
    double p50Ms,
    double p99Ms,
    double maxMs,
    List<String> recentFailures) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// This report as one JSON object with these names; instants as ISO-8601 text.
  public String toJson() {
    Map<String, Object> members = new LinkedHashMap<>();
    for (RecordComponent component : LoadReport.class.getRecordComponents()) {
      Object value = valueOf(component);
      members.put(component.getName(), value instanceof Instant ? value.toString() : value);
    }
    try {
      return JSON.writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object valueOf(RecordComponent component) {
    try {
      return component.getAccessor().invoke(this);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
