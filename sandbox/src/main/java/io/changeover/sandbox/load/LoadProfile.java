package io.changeover.sandbox.load;

import io.changeover.sandbox.seed.SeedPlan;
import java.net.InetSocketAddress;
import java.time.Duration;

/// What the load client does.
///
/// @param router where requests go
/// @param rate requests per second; reached evenly within the first [LoadClient#RAMP], sent whether
///   or not earlier ones were answered
/// @param freshShare share (0 to 1) of requests that open a connection of their own; the others use
///   kept connections
/// @param keepAlive kept connections that are opened at the start; more are opened when all are
///   busy
/// @param mostInFlight requests that may run at once; what is due while so many do is sent as soon
///   as one ends
/// @param answerLimit how long an answer may take before the request counts as failed
/// @param plan what the cluster holds
public record LoadProfile(
    InetSocketAddress router,
    int rate,
    double freshShare,
    int keepAlive,
    int mostInFlight,
    Duration answerLimit,
    SeedPlan plan) {

  /// Requests a second of the standard profile.
  public static final int RATE = 120;

  /// 120 requests/s, 3 of 10 on fresh connections, 16 kept ones, as 100 clients that wait 30 s at
  /// most.
  public static LoadProfile standard(InetSocketAddress router, SeedPlan plan) {
    return new LoadProfile(router, RATE, 0.3, 16, 100, Duration.ofSeconds(30), plan);
  }
}
