package io.changeover.sandbox.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What the load client has seen so far; the JSON that it exports has these names. Times in ms are
/// of answered requests, from the moment at which each was due: a client that had to wait for its
/// turn waited all the same.
///
/// @param sent requests begun: `ok + failed + inFlight`
/// @param failures failed requests by reason: refused, unreachable, closed, closed-reused, timeout,
///   malformed, status-NNN, wrong-echo
/// @param keyed requests that were answered right and carried a consumer's key
/// @param servedBy answers by the version in `Via` or `Server`
/// @param lastServedBy when the last of them came, by the same
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
    long keyed,
    Map<String, Long> failures,
    Map<String, Long> servedBy,
    Map<String, Instant> lastServedBy,
    long closedIdle,
    double ratePerSecond,
    double p50Ms,
    double p99Ms,
    double maxMs,
    List<String> recentFailures) {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantText()));

  /// This report as one JSON object with these names; instants as ISO-8601 text.
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Reads what [#toJson] wrote.
  ///
  /// @throws IllegalArgumentException when the text is something else
  public static LoadReport ofJson(String text) {
    try {
      return JSON.readValue(text, LoadReport.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Expected a report of the load client, but got " + text, e);
    }
  }

  /// Requests a second over the whole time.
  public double meanRate() {
    double seconds = Duration.between(startedAt, updatedAt).toMillis() / 1000.0;
    return seconds > 0 ? sent / seconds : 0;
  }

  private static final class InstantText extends FromStringDeserializer<Instant> {
    InstantText() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(String value, DeserializationContext context) {
      return Instant.parse(value);
    }
  }
}
