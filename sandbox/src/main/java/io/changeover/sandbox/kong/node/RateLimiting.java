package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.Response;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// `rate-limiting` with counters in this node's memory, which is Kong's policy `local`; the
/// policies `cluster` and `redis` are treated alike (a limit then counts per node). On a data plane
/// every request under the policy `cluster` is answered with 500, `fault_tolerant` or not, as
/// observed.
final class RateLimiting implements Plugin {

  /// The windows, shortest first.
  private enum Window {
    SECOND("Second", ChronoUnit.SECONDS),
    MINUTE("Minute", ChronoUnit.MINUTES),
    HOUR("Hour", ChronoUnit.HOURS),
    DAY("Day", ChronoUnit.DAYS),
    MONTH("Month", ChronoUnit.MONTHS),
    YEAR("Year", ChronoUnit.YEARS);

    private final String title;
    private final ChronoUnit unit;

    Window(String title, ChronoUnit unit) {
      this.title = title;
      this.unit = unit;
    }

    Instant begin(Instant now) {
      ZonedDateTime time = now.atZone(ZoneOffset.UTC);
      return switch (this) {
        case SECOND, MINUTE, HOUR, DAY -> time.truncatedTo(unit).toInstant();
        case MONTH -> time.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).toInstant();
        case YEAR -> time.withDayOfYear(1).truncatedTo(ChronoUnit.DAYS).toInstant();
      };
    }

    long secondsLeft(Instant now) {
      ZonedDateTime end = begin(now).atZone(ZoneOffset.UTC).plus(1, unit);
      return Math.max(
          1, ChronoUnit.SECONDS.between(now.truncatedTo(ChronoUnit.SECONDS), end.toInstant()));
    }
  }

  private record Key(String plugin, String who, Window window) {}

  private record Count(Instant begin, AtomicInteger used) {}

  private final Replies replies;
  private final Clock clock;
  private final NodeLog log;
  private final boolean dataPlane;
  private final Map<Key, Count> counts = new ConcurrentHashMap<>();

  RateLimiting(Replies replies, Clock clock, NodeLog log, boolean dataPlane) {
    this.replies = replies;
    this.clock = clock;
    this.log = log;
    this.dataPlane = dataPlane;
  }

  @Override
  public String name() {
    return "rate-limiting";
  }

  @Override
  public @Nullable Response access(ProxyCall call, PluginRow row) {
    if (dataPlane && Rows.text(row.config(), "policy").equals("cluster")) {
      log.error(
          "[lua] [rate-limiting] policies/init.lua:151: attempt to index local 'policy' (a nil value)");
      return replies.exit(500, "An unexpected error occurred");
    }
    Instant now = clock.instant();
    String who = identifier(call, row);
    boolean tell = !Rows.flag(row.config(), "hide_client_headers", false);
    int lowest = Integer.MAX_VALUE;
    boolean exceeded = false;
    long reset = 0;
    for (Window window : Window.values()) {
      int limit = Rows.number(row.config(), window.title.toLowerCase(Locale.ROOT), 0);
      if (limit > 0) {
        int left = limit - count(new Key(row.id(), who, window), window.begin(now));
        exceeded |= left < 0;
        int remaining = Math.max(0, left);
        if (remaining < lowest) {
          lowest = remaining;
          reset = window.secondsLeft(now);
          summary(call.toClient(), tell, remaining, limit, reset);
        }
        window(call.toClient(), tell, window.title, remaining, limit);
      }
    }
    return exceeded ? refusal(call, reset) : null;
  }

  private int count(Key key, Instant begin) {
    Count count =
        counts.compute(
            key,
            (any, old) ->
                old != null && old.begin().equals(begin)
                    ? old
                    : new Count(begin, new AtomicInteger()));
    return count.used().incrementAndGet();
  }

  private static String identifier(ProxyCall call, PluginRow row) {
    Credential credential = call.credential();
    Service service = call.route().service();
    String ip = call.clientAddress();
    return switch (Rows.text(row.config(), "limit_by")) {
      case "ip" -> ip;
      case "service" -> service == null ? ip : service.id();
      case "credential" -> credential == null ? ip : credential.id();
      case "header" -> call.request().headers().get(Rows.text(row.config(), "header_name"), ip);
      case "path" -> call.request().path().equals(Rows.text(row.config(), "path")) ? "path" : ip;
      default -> credential == null ? ip : credential.consumer().id();
    };
  }

  private static void window(
      HttpHeaders headers, boolean tell, String title, int remaining, int limit) {
    if (tell) {
      headers.set("X-RateLimit-Remaining-" + title, remaining);
      headers.set("X-RateLimit-Limit-" + title, limit);
    }
  }

  private static void summary(
      HttpHeaders headers, boolean tell, int remaining, int limit, long reset) {
    if (tell) {
      headers.set("RateLimit-Remaining", remaining);
      headers.set("RateLimit-Limit", limit);
      headers.set("RateLimit-Reset", reset);
    }
  }

  private Response refusal(ProxyCall call, long reset) {
    Response refusal = replies.error(429, "API rate limit exceeded");
    refusal.headers().setAll(call.toClient());
    return refusal.with("Retry-After", reset);
  }
}
