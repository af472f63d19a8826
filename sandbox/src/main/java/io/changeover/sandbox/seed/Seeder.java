package io.changeover.sandbox.seed;

import io.changeover.sandbox.flags.Flags;
import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Profile;
import io.changeover.sandbox.kong.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Fills a bootstrapped database with what a [SeedPlan] says. Nodes that already run on it do not
/// see it before a reload, as with any write that does not go through an Admin API.
///
/// As a process: `Seeder --upstream HOST:PORT [--seed N] [--services N] [--routes N] [--consumers
/// N] [--version 2.1.4]`, with the database in `KONG_PG_*`.
public final class Seeder {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int ACL_EVERY = 10;
  private static final int LIMITED_EVERY = 5;
  private static final int HIGH_LIMIT = 1_000_000_000;

  private final SeedPlan plan;
  private final Profile profile;
  private final BiConsumer<String, List<Map<String, @Nullable Object>>> sink;
  private final Instant now;

  private Seeder(
      SeedPlan plan,
      Profile profile,
      BiConsumer<String, List<Map<String, @Nullable Object>>> sink,
      Instant now) {
    this.plan = plan;
    this.profile = profile;
    this.sink = sink;
    this.now = now;
  }

  /// Writes everything; the database must be bootstrapped and hold no configuration yet.
  ///
  /// @param now the `created_at` of all rows
  public static void seed(Store store, Profile profile, SeedPlan plan, Instant now) {
    fill(store.entities()::insertAll, profile, plan, now);
  }

  /// Hands everything to `sink`, an entity's rows at a time, parents before children.
  static void fill(
      BiConsumer<String, List<Map<String, @Nullable Object>>> sink,
      Profile profile,
      SeedPlan plan,
      Instant now) {
    Seeder seeder = new Seeder(plan, profile, sink, now);
    seeder.insert("upstreams", plan.services(), seeder::upstream);
    seeder.insert("services", plan.services(), seeder::service);
    seeder.insert("routes", plan.routes() + 1, seeder::route);
    seeder.insert("consumers", plan.consumers(), seeder::consumer);
    seeder.insert("keyauth_credentials", plan.consumers(), seeder::credential);
    seeder.insert("acls", plan.consumers(), seeder::group);
    seeder.insert("plugins", plan.services(), seeder::keyAuth);
    seeder.insert("plugins", plan.services(), seeder::rateLimit);
    seeder.insert("plugins", 1, any -> seeder.health());
    seeder.targets();
  }

  /// Runs with `--upstream` and the database of the environment.
  public static void main(String[] args) {
    Flags flags =
        Flags.parse(
            args, List.of("upstream", "seed", "services", "routes", "consumers", "version"));
    Profile profile = Profile.of(flags.text("version", "2.1.4"));
    SeedPlan plan =
        new SeedPlan(
            flags.number("seed", 1),
            flags.number("services", 500),
            flags.number("routes", 1000),
            flags.number("consumers", 1000),
            flags.address("upstream"));
    KongSettings settings = KongSettings.resolve(profile, null, System.getenv(), Map.of());
    try (Store store = Store.open(profile, settings, LIMIT)) {
      seed(store, profile, plan, Instant.now());
    }
    System.out.printf(
        "seeded %d services, %d routes, %d consumers%n",
        plan.services(), plan.routes() + 1, plan.consumers());
  }

  private void insert(
      String entity, int count, IntFunction<@Nullable Map<String, @Nullable Object>> row) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, @Nullable Object> given = row.apply(i);
      if (given != null) {
        rows.add(profile.entity(entity).complete(given, now));
      }
    }
    sink.accept(entity, rows);
  }

  private Map<String, @Nullable Object> row(String kind, int index) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("id", plan.id(kind, index).toString());
    return row;
  }

  private Map<String, Object> reference(String kind, int index) {
    return Map.of("id", plan.id(kind, index).toString());
  }

  private @Nullable Map<String, @Nullable Object> upstream(int service) {
    if (!plan.leadsThroughUpstream(service)) {
      return null;
    }
    Map<String, @Nullable Object> row = row("upstream", service);
    row.put("name", plan.upstreamName(service));
    return row;
  }

  private Map<String, @Nullable Object> service(int service) {
    Map<String, @Nullable Object> row = row("service", service);
    boolean through = plan.leadsThroughUpstream(service);
    row.put("name", plan.serviceName(service));
    row.put("host", through ? plan.upstreamName(service) : plan.upstream().getHostString());
    row.put("port", through ? 80 : plan.upstream().getPort());
    row.put("path", plan.servicePath(service).isEmpty() ? null : plan.servicePath(service));
    row.put("tags", List.of("seeded", "group-" + service % 7));
    return row;
  }

  private Map<String, @Nullable Object> route(int route) {
    Map<String, @Nullable Object> row = row("route", route);
    if (route == plan.routes()) {
      row.put("name", "health");
      row.put("paths", List.of(SeedPlan.HEALTH_PATH));
      return row;
    }
    row.put("name", "route-%04d".formatted(route));
    row.put("service", reference("service", plan.serviceOf(route)));
    row.put("paths", List.of(plan.routePath(route)));
    row.put("hosts", plan.byHost(route) ? List.of(plan.routeHost(route)) : null);
    row.put("strip_path", !plan.byHost(route));
    row.put("tags", List.of("seeded"));
    return row;
  }

  private Map<String, @Nullable Object> consumer(int consumer) {
    Map<String, @Nullable Object> row = row("consumer", consumer);
    row.put("username", plan.consumerName(consumer));
    row.put("custom_id", "custom-%04d".formatted(consumer));
    return row;
  }

  private Map<String, @Nullable Object> credential(int consumer) {
    Map<String, @Nullable Object> row = row("credential", consumer);
    row.put("key", plan.key(consumer));
    row.put("consumer", reference("consumer", consumer));
    return row;
  }

  private @Nullable Map<String, @Nullable Object> group(int consumer) {
    if (consumer % ACL_EVERY != 0) {
      return null;
    }
    Map<String, @Nullable Object> row = row("acl", consumer);
    row.put("group", "group-" + consumer % 3);
    row.put("consumer", reference("consumer", consumer));
    return row;
  }

  private Map<String, @Nullable Object> keyAuth(int service) {
    Map<String, @Nullable Object> row = row("key-auth", service);
    row.put("name", "key-auth");
    row.put("service", reference("service", service));
    return row;
  }

  private @Nullable Map<String, @Nullable Object> rateLimit(int service) {
    if (service % LIMITED_EVERY != 0) {
      return null;
    }
    Map<String, @Nullable Object> row = row("rate-limiting", service);
    row.put("name", "rate-limiting");
    row.put("service", reference("service", service));
    row.put("config", Map.of("minute", HIGH_LIMIT, "policy", "local"));
    return row;
  }

  private Map<String, @Nullable Object> health() {
    Map<String, @Nullable Object> row = row("request-termination", 0);
    row.put("name", "request-termination");
    row.put("route", reference("route", plan.routes()));
    row.put("config", Map.of("status_code", 200, "message", SeedPlan.HEALTH_MESSAGE));
    return row;
  }

  /// Each upstream has one target that was edited twice and one that was deleted: five rows, as
  /// Kong 2.1 keeps them.
  private void targets() {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    String live = plan.upstream().getHostString() + ":" + plan.upstream().getPort();
    for (int service = 0; service < plan.services(); service++) {
      if (plan.leadsThroughUpstream(service)) {
        boolean history = !profile.uniqueTargets();
        if (history) {
          rows.add(target(service, 0, live, 10));
          rows.add(target(service, 1, live, 50));
          rows.add(target(service, 2, "127.0.0.2:9", 10));
          rows.add(target(service, 3, "127.0.0.2:9", 0));
        }
        rows.add(target(service, 4, live, 100));
      }
    }
    sink.accept("targets", rows);
  }

  private Map<String, @Nullable Object> target(int service, int nth, String target, int weight) {
    Map<String, @Nullable Object> row = row("target-" + nth, service);
    row.put("upstream", reference("upstream", service));
    row.put("target", target);
    row.put("weight", weight);
    row.put("created_at", now.getEpochSecond() + nth / 1000.0);
    return profile.entity("targets").complete(row, now);
  }
}
