package io.changeover.traffic.router;

import java.util.Optional;

/// Monotonic counts of one server, or of a side, since the router started; a difference of two of
/// them counts a window.
///
/// @param requests given to the server, retries to the same server not counted twice
/// @param answered with a status line of the server's own, of any class
/// @param serverErrors answered with 5xx
/// @param connectErrors requests that found no connection in the end
/// @param redispatched requests moved to another server because this one could not be connected to
/// @param brokenAnswers answers that were cut, late or no HTTP
public record Counters(
    long requests,
    long answered,
    long serverErrors,
    long connectErrors,
    long redispatched,
    long brokenAnswers) {

  /// Nothing counted.
  public static final Counters ZERO = new Counters(0, 0, 0, 0, 0, 0);

  /// Requests whose end is known and was not the client's doing.
  public long completed() {
    return answered + connectErrors + redispatched + brokenAnswers;
  }

  /// Of the completed those that the server failed: 5xx, no connection (even when another server
  /// then helped out), broken answers.
  public long failures() {
    return serverErrors + connectErrors + redispatched + brokenAnswers;
  }

  /// Sum of two servers, or of two windows.
  public Counters plus(Counters other) {
    return new Counters(
        requests + other.requests,
        answered + other.answered,
        serverErrors + other.serverErrors,
        connectErrors + other.connectErrors,
        redispatched + other.redispatched,
        brokenAnswers + other.brokenAnswers);
  }

  /// What came since `earlier`; empty when a count fell, which only a restart of the router does.
  public Optional<Counters> since(Counters earlier) {
    Counters delta =
        new Counters(
            requests - earlier.requests,
            answered - earlier.answered,
            serverErrors - earlier.serverErrors,
            connectErrors - earlier.connectErrors,
            redispatched - earlier.redispatched,
            brokenAnswers - earlier.brokenAnswers);
    return delta.fell() ? Optional.empty() : Optional.of(delta);
  }

  private boolean fell() {
    return requests < 0
        || answered < 0
        || serverErrors < 0
        || connectErrors < 0
        || redispatched < 0
        || brokenAnswers < 0;
  }
}
