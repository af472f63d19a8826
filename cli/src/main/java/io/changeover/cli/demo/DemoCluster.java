package io.changeover.cli.demo;

import io.changeover.cli.suite.Home;
import io.changeover.cli.suite.Parts;
import io.changeover.cli.suite.Programs;
import io.changeover.cli.suite.Suite;
import io.changeover.inventory.Role;
import io.changeover.sandbox.seed.SeedPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The cluster of the demo: an upstream, a seeded store, the nodes that serve first, the router.
final class DemoCluster implements AutoCloseable {
  private static final long SEED = 1;

  private final Topology place;
  private final StandIn kong;
  private final SeedPlan plan;

  private DemoCluster(Topology place, StandIn kong, int upstream) {
    this.place = place;
    this.kong = kong;
    this.plan =
        SeedPlan.standard(SEED, new InetSocketAddress(InetAddress.getLoopbackAddress(), upstream));
  }

  /// Starts the upstream; nothing else runs yet.
  static DemoCluster open(Topology place, Home home, Path logs, Suite suite, Parts parts) {
    return new DemoCluster(place, new StandIn(home, logs), parts.startUpstream(suite));
  }

  /// What says what the cluster holds.
  SeedPlan plan() {
    return plan;
  }

  /// Makes what the first version's Kong keeps its configuration in, and fills it.
  void bootstrap() throws InterruptedException {
    create();
    kong.mustSucceed(
        "bootstrap", place.from(), tools(KongStore.User.MAKER), "migrations", "bootstrap");
    seed();
  }

  /// Makes what `kong migrations bootstrap` needs.
  void create() {
    place.store().create();
  }

  /// Fills what Kong keeps its configuration in.
  void seed() {
    place.store().seed(plan, place.from());
  }

  /// Makes the certificate that the nodes of a hybrid cluster share.
  void makeCertificate() throws InterruptedException {
    HybridPostgres.Certificate files = HybridPostgres.Certificate.of(place.folder());
    kong.mustSucceed(
        "gen-cert",
        place.from(),
        Map.of(),
        "hybrid",
        "gen_cert",
        files.certificate().toString(),
        files.key().toString());
  }

  /// Starts the nodes that serve first, control planes before all others, and stays until they
  /// serve: a data plane listens before it has a configuration.
  void startBlue() throws InterruptedException {
    Optional<Role> control = Optional.of(Role.CONTROL_PLANE);
    start(place.first().stream().filter(node -> node.role().equals(control)).toList());
    start(place.first().stream().filter(node -> !node.role().equals(control)).toList());
    for (NodePlace node : place.first()) {
      if (!node.administers()) {
        NodeProbe.awaitServing(node);
      }
    }
  }

  /// Configures a plugin at the first of the nodes that serve first.
  void configure(String json) throws InterruptedException {
    new AdminProbe(place.first().getFirst().admin()).configure(json);
  }

  private void start(List<NodePlace> nodes) throws InterruptedException {
    try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> starts =
          nodes.stream().<Future<?>>map(node -> starters.submit(() -> start(node))).toList();
      for (Future<?> start : starts) {
        start.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(String.valueOf(e.getMessage()), e);
    }
  }

  private Void start(NodePlace node) throws InterruptedException {
    Map<String, String> environment = new HashMap<>(place.store().environment(KongStore.User.BLUE));
    environment.putAll(node.environment());
    String prefix = node.prefix().toString();
    kong.mustSucceed("start-" + node.name(), node.version(), environment, "start", "-p", prefix);
    return null;
  }

  /// Starts the router: HAProxy where this machine has it, else the built-in one.
  ///
  /// @param builtIn take the built-in one in any case
  /// @return what it is
  String startRouter(Suite suite, Parts parts, boolean builtIn) {
    Path file = place.folder().resolve("haproxy.cfg");
    try {
      Files.writeString(HaproxyFile.freezeMap(place), "kong_admin open\n");
      Files.writeString(file, HaproxyFile.text(place));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Optional<Path> haproxy = builtIn ? Optional.empty() : Programs.find("haproxy");
    haproxy.ifPresentOrElse(
        program -> parts.startHaproxy(suite, program, file, place.proxyPort()),
        () -> parts.startBuiltInRouter(suite, place.proxyPort(), place.routerArguments()));
    return haproxy.isPresent() ? "HAProxy" : "the built-in router";
  }

  /// That the new version's `migrations list` finds all migrations done.
  Check migrationsListed() throws InterruptedException {
    int code =
        kong.call("list", place.to(), tools(place.fleets().getLast().user()), "migrations", "list");
    return new Check(
        "`migrations list` of %s exits 0".formatted(place.to()), code == 0, "it exits " + code);
  }

  private Map<String, String> tools(KongStore.User user) {
    Map<String, String> environment = new HashMap<>(place.store().environment(user));
    environment.put("KONG_PREFIX", place.folder().resolve("tools").toString());
    return environment;
  }

  /// Ends every node, blue and green.
  @Override
  public void close() {
    StandIn.end(place.nodes().map(NodePlace::prefix).toList());
  }
}
