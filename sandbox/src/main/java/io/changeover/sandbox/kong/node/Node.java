package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.Answerer;
import io.changeover.sandbox.http.EventLoops;
import io.changeover.sandbox.http.HttpConnections;
import io.changeover.sandbox.http.HttpListener;
import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Listen;
import io.changeover.sandbox.kong.NodeRole;
import io.changeover.sandbox.kong.Profile;
import io.changeover.sandbox.kong.Store;
import io.changeover.sandbox.kong.hybrid.Pace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// One running node: its listeners, its configuration and its two connections to the database (one
/// for the Admin API, one for reading configuration and events).
final class Node implements AutoCloseable {

  private static final Duration DATABASE_LIMIT = Duration.ofSeconds(5);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(60);

  private final UUID id = UUID.randomUUID();
  private final Profile profile;
  private final NodeFaults faults;
  private final NodeLog log;
  private final Store adminStore;
  private final Store readStore;
  private final Membership membership;
  private final LiveConfiguration live;
  private final EventPoller poller;
  private final Traffic traffic = new Traffic();
  private final EventLoops loops = EventLoops.start(2);
  private final HttpConnections upstreams =
      new HttpConnections(loops, HttpConnections.Reuse.NEWEST, CONNECT_LIMIT, IDLE_LIMIT);
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService reading =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("read").factory());
  private volatile KongSettings settings;

  private Node(KongSettings settings, Profile profile, NodeFaults faults, NodeLog log, Pace pace)
      throws StartFailure {
    this.settings = settings;
    this.profile = profile;
    this.faults = faults;
    this.log = log;
    this.readStore = Store.open(profile, settings, DATABASE_LIMIT);
    StartChecks.check(readStore, settings, profile);
    this.adminStore =
        readStore.declared().isPresent()
            ? readStore
            : Store.open(profile, settings, DATABASE_LIMIT);
    this.membership = Membership.of(settings, id, readStore, loops, log, pace);
    this.live =
        new LiveConfiguration(() -> ConfigurationReader.read(readStore.entities()), reading, log);
    this.poller =
        new EventPoller(readStore.events(), id, live, membership::changedElsewhere, faults, log);
  }

  /// Reads the configuration and listens.
  ///
  /// @throws StartFailure if the schema, a plugin or an address is in the way
  /// @throws io.changeover.sandbox.kong.KongException if the database is
  static Node start(KongSettings settings, Profile profile, NodeFaults faults, NodeLog log)
      throws StartFailure {
    return start(settings, profile, faults, log, Pace.OBSERVED);
  }

  static Node start(
      KongSettings settings, Profile profile, NodeFaults faults, NodeLog log, Pace pace)
      throws StartFailure {
    Node node = new Node(settings, profile, faults, log, pace);
    try {
      node.listen();
    } catch (StartFailure e) {
      node.close();
      throw e;
    }
    return node;
  }

  private void listen() throws StartFailure {
    Replies replies = new Replies(profile.banner());
    Plugins plugins =
        new Plugins(replies, Clock.systemUTC(), log, membership.role() == NodeRole.DATA_PLANE);
    NodeEndpoints about =
        new NodeEndpoints(() -> settings, adminStore, id, traffic, faults, profile.banner());
    if (membership.proxies()) {
      listenForClients(plugins, replies);
    }
    if (membership.hasAdminApi()) {
      AdminApi admin = adminApi(about, replies);
      for (Listen listen : settings.listens("admin_listen")) {
        open(listen, admin);
      }
    }
    if (profile.statusApi()) {
      for (Listen listen : settings.listens("status_listen")) {
        open(listen, new StatusApi(about, replies, blocking));
      }
    }
    membership.open(live::changedHere);
    warnOfIgnoredPlugins(plugins);
  }

  private void listenForClients(Plugins plugins, Replies replies) throws StartFailure {
    Proxy proxy =
        new Proxy(live, plugins, upstreams, replies, faults, log, profile.routeBuffering());
    for (Listen listen : settings.listens("proxy_listen")) {
      open(listen, (request, peer) -> proxy.answer(request, peer, listen.port()));
    }
    traffic.listeners().forEach(listener -> WarmUp.run(listener.address(), upstreams));
  }

  private AdminApi adminApi(NodeEndpoints about, Replies replies) {
    Changes changes =
        new Changes(
            adminStore,
            profile,
            id,
            live,
            Clock.systemUTC(),
            Set.copyOf(settings.plugins()),
            membership::changedHere);
    return new AdminApi(
        about,
        new EntityEndpoints(adminStore, changes),
        new TargetEndpoints(adminStore, changes, profile.uniqueTargets(), id),
        new ConfigEndpoint(adminStore.declared().orElse(null), live),
        new ClusteringEndpoints(membership.control(), profile.routeBuffering()),
        replies,
        log,
        blocking);
  }

  private void open(Listen listen, Answerer answerer) throws StartFailure {
    if (listen.ssl()) {
      log.warn("the stand-in has no TLS: " + listen.host() + ":" + listen.port() + " is left out");
      return;
    }
    InetSocketAddress address = new InetSocketAddress(listen.host(), listen.port());
    try {
      traffic.add(HttpListener.open(loops, address, guarded(answerer)));
    } catch (IOException e) {
      throw new StartFailure(
          "[emerg] bind() to %s:%d failed (98: Address already in use)"
              .formatted(listen.host(), listen.port()));
    }
  }

  private Answerer guarded(Answerer answerer) {
    Replies replies = new Replies(profile.banner());
    return (request, peer) ->
        answerer
            .answer(request, peer)
            .exceptionally(
                failure -> {
                  log.error(request.method() + " " + request.path() + ": " + failure);
                  return replies.exit(500, "An unexpected error occurred");
                });
  }

  private void warnOfIgnoredPlugins(Plugins plugins) {
    Set<String> ignored = plugins.ignored(live.current().join());
    if (!ignored.isEmpty()) {
      log.warn("the stand-in stores these plugins but does not apply them: " + ignored);
    }
  }

  Traffic traffic() {
    return traffic;
  }

  NodeFaults faults() {
    return faults;
  }

  void poll() {
    poller.poll();
  }

  /// What SIGHUP does to nginx: new settings and configuration for new connections; open ones end
  /// as on [#quit].
  void reload(KongSettings fresh) {
    if (membership.role() == NodeRole.DATA_PLANE) {
      settings = fresh;
      membership.reload();
      traffic.listeners().forEach(HttpListener::recycle);
      return;
    }
    try {
      StartChecks.reread(readStore, settings, profile);
      StartChecks.check(readStore, fresh, profile);
    } catch (StartFailure e) {
      log.error(String.valueOf(e.getMessage()));
      return;
    }
    settings = fresh;
    live.changedHere();
    traffic.listeners().forEach(HttpListener::recycle);
  }

  /// Lets running requests end.
  CompletableFuture<Void> quit() {
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    traffic.listeners().forEach(listener -> ends.add(listener.quit()));
    ends.add(membership.quit());
    return CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new));
  }

  /// Cuts everything.
  @Override
  public void close() {
    traffic.listeners().forEach(HttpListener::close);
    membership.close();
    upstreams.close();
    blocking.shutdownNow();
    reading.shutdownNow();
    adminStore.close();
    readStore.close();
    loops.close();
    log.close();
  }
}
