package io.changeover.sandbox.kong.hybrid;

import io.changeover.sandbox.http.EventLoops;
import io.changeover.sandbox.kong.DataPlaneRows.DataPlaneRow;
import io.changeover.sandbox.kong.DeclarativeTable;
import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Listen;
import io.changeover.sandbox.kong.Store;
import io.changeover.sandbox.kong.StoreException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// The side of hybrid mode that has the database: it listens on `cluster_listen`, sends the whole
/// configuration to each data plane that connects and to all after a change, and lists who pings.
///
/// As observed: what it sends is not checked against the data plane's version, so that one of 2.1
/// refuses everything of a control plane of 2.2; the latter says nothing about it. A control plane
/// of 2.1 pushes its own changes only, one of 2.2 also those of others. Equal configurations have
/// equal hashes only when they came with one push.
///
/// Left out or assumed: Cassandra (not observed); `cluster_mtls = pki`; several workers, which
/// serialise separately; digests in the log are hexadecimal text, not raw bytes. That a control
/// plane does not proxy is from Kong's documentation.
public final class ControlPlane implements AutoCloseable {
  private final KongSettings settings;
  private final Generation generation;
  private final Store store;
  private final Register register;
  private final EventLoops loops;
  private final HybridLog log;
  private final Pace pace;
  private final RandomGenerator order = new SplittableRandom();
  private final List<Channel> servers = new ArrayList<>();
  private final Set<OutletHandler> outlets = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService work =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("cluster").factory());
  private boolean queued;
  private long nextPush = System.nanoTime();

  /// @param store a connection of its own or one that is shared; it is not closed here
  public ControlPlane(
      KongSettings settings, Store store, EventLoops loops, HybridLog log, Pace pace) {
    this.settings = settings;
    this.generation = Generation.of(settings.profile());
    this.store = store;
    this.loops = loops;
    this.log = log;
    this.pace = pace;
    this.register =
        generation == Generation.OF_2_2
            ? new Register.InDatabase(
                store, Duration.ofSeconds(settings.number("cluster_data_plane_purge_delay")), log)
            : new Register.InMemory(InstantSource.system(), pace.remembered());
  }

  /// Listens.
  ///
  /// @throws IOException when an address is in use or the certificate can't be read
  public void open() throws IOException {
    ClusterCertificate certificate = new ClusterCertificate(settings);
    OutletInitializer outlet = new OutletInitializer(this, certificate, certificate.server(), log);
    for (Listen listen : settings.listens("cluster_listen")) {
      var bound =
          new ServerBootstrap()
              .group(loops.group())
              .channel(NioServerSocketChannel.class)
              .option(ChannelOption.SO_REUSEADDR, true)
              .childHandler(outlet)
              .bind(listen.host(), listen.port())
              .awaitUninterruptibly();
      if (!bound.isSuccess()) {
        throw new IOException(
            "[emerg] bind() to %s:%d failed (98: Address already in use)"
                .formatted(listen.host(), listen.port()));
      }
      servers.add(bound.channel());
    }
  }

  /// The data planes as `/clustering/…` lists them.
  ///
  /// @throws StoreException when they are rows and the database does not answer
  public List<DataPlaneRow> dataPlanes() {
    return register.all();
  }

  /// Whether they are rows of the database, which the Admin API then lists as such.
  public boolean listsRows() {
    return generation == Generation.OF_2_2;
  }

  /// This control plane changed the configuration.
  public void changedHere() {
    queuePush();
  }

  /// Another one did.
  public void changedElsewhere() {
    if (generation == Generation.OF_2_2) {
      queuePush();
    }
  }

  private synchronized void queuePush() {
    if (!queued && !work.isShutdown()) {
      queued = true;
      var _ =
          work.schedule(
              this::push, Math.max(0, nextPush - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
  }

  private void push() {
    synchronized (this) {
      queued = false;
      nextPush = System.nanoTime() + spacing().toNanos();
    }
    send(List.copyOf(outlets));
  }

  private Duration spacing() {
    return generation == Generation.OF_2_2
        ? Duration.ofMillis((long) (Double.parseDouble(settings.get("db_update_frequency")) * 1000))
        : Duration.ZERO;
  }

  private void send(List<OutletHandler> to) {
    if (to.isEmpty()) {
      return;
    }
    try {
      Map<String, Object> table =
          DeclarativeTable.of(settings.profile(), settings.plugins(), store.entities());
      byte[] payload = Outlet.encode(table, order);
      to.forEach(outlet -> outlet.send(payload));
    } catch (StoreException e) {
      log.error("[lua] clustering.lua: unable to export config from database: " + e.words());
    }
  }

  void joined(OutletHandler outlet) {
    outlets.add(outlet);
    run(() -> send(List.of(outlet)));
  }

  void left(OutletHandler outlet) {
    outlets.remove(outlet);
  }

  void pinged(OutletHandler.Peer peer, String hash) {
    run(() -> register.seen(peer.id(), peer.ip(), peer.hostname(), hash));
  }

  private void run(Runnable task) {
    if (!work.isShutdown()) {
      work.execute(task);
    }
  }

  /// Ends as observed on `kong quit`: at once without data planes; with some, 2.2 needs a while and
  /// 2.1 does not end by itself.
  public CompletableFuture<Void> quit() {
    stopListening();
    if (outlets.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> ended = new CompletableFuture<>();
    return generation == Generation.OF_2_1
        ? ended
        : ended.completeOnTimeout(null, pace.controlPlaneEnd().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void stopListening() {
    for (Channel server : servers) {
      var _ = server.close();
    }
  }

  @Override
  public void close() {
    work.shutdownNow();
    stopListening();
    outlets.forEach(OutletHandler::close);
  }
}
