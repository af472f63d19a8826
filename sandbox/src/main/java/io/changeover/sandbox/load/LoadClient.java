package io.changeover.sandbox.load;

import io.changeover.sandbox.http.EventLoops;
import io.changeover.sandbox.http.Exchange;
import io.changeover.sandbox.http.HttpConnections;
import io.changeover.sandbox.http.HttpConnections.Reuse;
import io.changeover.sandbox.http.Response;
import io.changeover.sandbox.http.SendFailure;
import io.changeover.sandbox.seed.SeedPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Sends requests at a fixed rate through the router and judges every answer. The rate does not
/// follow the answers: what is due while the cluster stalls is sent late, and its wait counts. It
/// never tries anything twice: a request that is refused, cut, late, or answered with anything but
/// the right thing has failed.
///
/// A kept connection that its peer closes while it rests is replaced without a failure, as any HTTP
/// client does; one that is closed while a request runs on it is a failure.
public final class LoadClient implements AutoCloseable {

  /// How long it takes to reach the full rate.
  static final Duration RAMP = Duration.ofSeconds(2);

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(20);
  private static final int HEALTH_EVERY = 50;
  private static final int POST_EVERY = 10;

  private final LoadProfile profile;
  private final EventLoops loops;
  private final HttpConnections connections;
  private final LoadTally tally;
  private final SplittableRandom choice;
  private final Thread pacer;
  private volatile boolean stopping;

  private LoadClient(LoadProfile profile) {
    this.profile = profile;
    this.loops = EventLoops.start(1);
    this.connections = new HttpConnections(loops, Reuse.OLDEST, CONNECT_LIMIT, IDLE_LIMIT);
    this.tally = new LoadTally(Instant.now());
    this.choice = new SplittableRandom(profile.plan().seed());
    this.pacer = Thread.ofPlatform().daemon().name("pacer").unstarted(this::pace);
  }

  /// Starts to send.
  public static LoadClient start(LoadProfile profile) {
    LoadClient client = new LoadClient(profile);
    client.pacer.start();
    return client;
  }

  /// What happened so far.
  public LoadReport report() {
    return tally.report(!stopping, Instant.now(), connections.closedIdle());
  }

  /// Stops sending and waits until every request that was sent is answered or has failed by itself:
  /// the end of the client makes no failures.
  public LoadReport stop() throws InterruptedException {
    stopping = true;
    pacer.join();
    long limit = System.nanoTime() + profile.answerLimit().plus(CONNECT_LIMIT).toNanos();
    while (tally.inFlight() > 0 && System.nanoTime() < limit) {
      Thread.sleep(10);
    }
    return report();
  }

  private void pace() {
    for (int i = 0; i < profile.keepAlive() && !stopping; i++) {
      send(false, System.nanoTime());
    }
    long begun = System.nanoTime();
    long due = begun;
    while (!stopping) {
      long ahead = due - System.nanoTime();
      if (ahead > 0) {
        LockSupport.parkNanos(ahead);
      } else if (tally.inFlight() >= profile.mostInFlight()) {
        LockSupport.parkNanos(1_000_000);
      } else {
        send(choice.nextDouble() < profile.freshShare(), due);
        due += interval(due - begun);
      }
    }
  }

  /// Nanoseconds to the next request: longer at first, so that a cold cluster is not flooded.
  private long interval(long sinceBegun) {
    double share = Math.clamp(sinceBegun / (double) RAMP.toNanos(), 0.1, 1);
    return (long) (1_000_000_000L / (profile.rate() * share));
  }

  /// @param due when it should have been sent; what it waited since counts
  private void send(boolean fresh, long due) {
    Expectation expected = next();
    tally.begun(fresh);
    CompletableFuture<Exchange> answer =
        fresh
            ? connections.sendFresh(profile.router(), expected.request(), profile.answerLimit())
            : connections.send(profile.router(), expected.request(), profile.answerLimit());
    var _ =
        answer.whenComplete(
            (exchange, failure) ->
                judge(expected, exchange, failure, Duration.ofNanos(System.nanoTime() - due)));
  }

  private Expectation next() {
    SeedPlan plan = profile.plan();
    if (choice.nextInt(HEALTH_EVERY) == 0) {
      return Expectation.Healthy.of();
    }
    SeedPlan.Call call =
        plan.call(choice.nextInt(plan.routes()), choice.nextInt(plan.consumers()), "/x");
    String nonce = Long.toHexString(choice.nextLong());
    return Expectation.Echoed.of(call, nonce, choice.nextInt(POST_EVERY) == 0);
  }

  private void judge(
      Expectation expected,
      @Nullable Exchange exchange,
      @Nullable Throwable failure,
      Duration took) {
    if (exchange == null) {
      tally.failed(reason(failure), describe(expected, String.valueOf(unwrapped(failure))));
      return;
    }
    Response response = exchange.response();
    tally.answered(version(response), Instant.now(), took);
    if (response.status() != 200) {
      String words = "status " + response.status() + " " + response.text();
      tally.failed("status-" + response.status(), describe(expected, words));
      return;
    }
    expected
        .fault(response)
        .ifPresentOrElse(
            fault -> tally.failed("wrong-echo", describe(expected, fault)),
            () -> tally.succeeded(expected instanceof Expectation.Echoed));
  }

  private static String describe(Expectation expected, String words) {
    String line =
        Instant.now() + " " + expected.request().method() + " " + expected.request().target();
    return line + ": " + words.substring(0, Math.min(200, words.length()));
  }

  private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }

  private static String reason(@Nullable Throwable failure) {
    if (unwrapped(failure) instanceof SendFailure known) {
      String kind = known.kind().name().toLowerCase(Locale.ROOT);
      return known.kind() == SendFailure.Kind.CLOSED && known.reused() ? kind + "-reused" : kind;
    }
    return "fault";
  }

  private static String version(Response response) {
    for (String header : new String[] {"Via", "Server"}) {
      String value = response.headers().get(header, "");
      if (value.startsWith("kong/")) {
        return value.substring("kong/".length());
      }
    }
    return "unknown";
  }

  /// Stops, if that was not done, and closes all connections.
  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connections.close();
    loops.close();
  }
}
