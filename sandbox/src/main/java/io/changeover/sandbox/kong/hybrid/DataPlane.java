package io.changeover.sandbox.kong.hybrid;

import io.changeover.sandbox.http.EventLoops;
import io.changeover.sandbox.kong.Declared;
import io.changeover.sandbox.kong.KongException;
import io.changeover.sandbox.kong.KongSettings;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The side of hybrid mode without a database: it serves the last configuration that it could
/// apply, from `<prefix>/config.cache.json.gz` when its control plane is away, and nothing (404)
/// when there never was one.
///
/// As observed: a configuration with one field that this version does not know is refused whole and
/// said in the log alone; the old one goes on serving. One of 2.1 does not start from a cache that
/// 2.2 has written; the other way round works. A reload forgets what is in memory and starts from
/// the cache. The hash that 2.2 tells is the one before the last push, until the next ping.
///
/// Left out or assumed: the old worker of 2.1 that a reload leaves behind; `kong start` right after
/// `kong stop` of a connected 2.1, which may find it still running; what 2.2 says of a cache that
/// it can't read; the words of a control plane that can't be resolved or does not answer; oauth2,
/// which the stand-in only stores. What a data plane of 2.1 without a configuration tells as its
/// hash was seen only to be not 32 long.
public final class DataPlane implements AutoCloseable {
  static final String UNCONNECTED = "failed to connect: unknown error";

  private static final Map<String, Object> NOTHING =
      Map.of("_format_version", "2.1", "_transform", false);
  private static final int CONNECT_LIMIT_MILLIS = 5_000;
  private static final int LARGEST_ANSWER = 8 * 1024;

  private final KongSettings settings;
  private final Generation generation;
  private final Declared declared;
  private final EventLoops loops;
  private final HybridLog log;
  private final Pace pace;
  private final ConfigCache cache;
  private final URI address;
  private final ScheduledExecutorService work =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("cluster").factory());
  private volatile String hash;
  private volatile @Nullable InletHandler inlet;
  private volatile @Nullable SslContext tls;
  private Runnable applied = () -> {};

  public DataPlane(
      KongSettings settings,
      UUID id,
      String hostname,
      Declared declared,
      EventLoops loops,
      HybridLog log,
      Pace pace) {
    this.settings = settings;
    this.generation = Generation.of(settings.profile());
    this.declared = declared;
    this.loops = loops;
    this.log = log;
    this.pace = pace;
    this.cache = new ConfigCache(settings.prefix(), generation);
    this.hash = generation.hashOfNothing();
    this.address =
        URI.create(
            "wss://%s%s?node_id=%s&node_hostname=%s"
                .formatted(settings.get("cluster_control_plane"), Outlet.PATH, id, hostname));
  }

  /// Takes what the cache holds, or nothing.
  public void load() {
    hash = generation.hashOfNothing();
    declared.take(NOTHING);
    try {
      Optional<String> cached = cache.read();
      if (cached.isPresent()) {
        log.notice("[lua] clustering.lua: found cached copy of data-plane config, loading..");
        declared.take(Outlet.read(cached.get()));
        hash = Outlet.hash(cached.get());
      } else if (generation == Generation.OF_2_2) {
        cache.create();
      }
    } catch (KongException e) {
      log.error(generation.refusedCache(why(e)));
    } catch (IOException e) {
      log.error(
          "[lua] clustering.lua: init_worker(): unable to pre-create cached config file: "
              + cache.file()
              + ": Permission denied");
    }
  }

  private static String why(KongException e) {
    return e.words().replace("Failed parsing:\n", "");
  }

  /// Connects now, and again whenever the connection ends.
  ///
  /// @param applied runs after each configuration that was applied
  /// @throws IOException when the certificate can't be read
  public void open(Runnable applied) throws IOException {
    this.applied = applied;
    SslContext context = new ClusterCertificate(settings).client();
    tls = context;
    work.execute(() -> connect(context));
    long every = pace.ping().toMillis();
    var _ = work.scheduleWithFixedDelay(() -> ping(hash), every, every, TimeUnit.MILLISECONDS);
  }

  private void connect(SslContext context) {
    InletHandler next =
        new InletHandler(
            this,
            WebSocketClientHandshakerFactory.newHandshaker(
                address,
                WebSocketVersion.V13,
                null,
                false,
                EmptyHttpHeaders.INSTANCE,
                Outlet.LARGEST_FRAME));
    inlet = next;
    new Bootstrap()
        .group(loops.group())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_LIMIT_MILLIS)
        .handler(new Connected(context, next))
        .connect(new InetSocketAddress(address.getHost(), address.getPort()))
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                ended(next, false, UNCONNECTED);
              }
            });
  }

  void established(InletHandler link) {
    link.ping(hash);
  }

  void received(InletHandler from, byte[] frame) {
    run(
        () -> {
          if (from == inlet) {
            apply(frame);
          }
        });
  }

  private void apply(byte[] frame) {
    if (generation == Generation.OF_2_2) {
      ping(hash);
    }
    try {
      Map<String, Object> table = Outlet.decode(frame);
      declared.take(table);
      String text = Outlet.text(table);
      hash = Outlet.hash(text);
      keep(text);
      applied.run();
    } catch (KongException e) {
      log.error(generation.refused(why(e)));
    } catch (IOException e) {
      log.error("[lua] clustering.lua: unable to decode the configuration: " + e.getMessage());
    }
    if (generation == Generation.OF_2_1) {
      ping(hash);
    }
  }

  private void keep(String text) {
    try {
      cache.write(text);
    } catch (IOException e) {
      log.error(generation.unwritable(cache.file().toString()));
    }
  }

  private void ping(String with) {
    InletHandler link = inlet;
    if (link != null) {
      link.ping(with);
    }
  }

  void ended(InletHandler link, boolean wasEstablished, String why) {
    SslContext known = tls;
    if (link != inlet || known == null || work.isShutdown()) {
      return;
    }
    long least = pace.leastRetry().toMillis();
    long delay = ThreadLocalRandom.current().nextLong(least, pace.mostRetry().toMillis() + 1);
    log.error(
        wasEstablished
            ? generation.brokenFrame()
            : generation.unconnected(address.toString(), why, delay / 1000));
    var _ = work.schedule(() -> reconnect(link, known), delay, TimeUnit.MILLISECONDS);
  }

  private void reconnect(InletHandler instead, SslContext known) {
    if (instead == inlet) {
      connect(known);
    }
  }

  private void run(Runnable task) {
    if (!work.isShutdown()) {
      work.execute(task);
    }
  }

  /// What a reload does: new workers, which know only what the cache holds and connect anew.
  public void reload() {
    run(
        () -> {
          InletHandler old = inlet;
          inlet = null;
          load();
          applied.run();
          SslContext known = tls;
          if (known != null) {
            connect(known);
          }
          if (old != null) {
            old.close();
          }
        });
  }

  public boolean connected() {
    InletHandler link = inlet;
    return link != null && link.established();
  }

  /// Ends as observed on `kong quit`: one of 2.1 that is connected does not end by itself, one of
  /// 2.2 takes a moment.
  public CompletableFuture<Void> quit() {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    if (generation == Generation.OF_2_1) {
      return connected() ? ended : CompletableFuture.completedFuture(null);
    }
    return ended.completeOnTimeout(null, pace.dataPlaneEnd().toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    work.shutdownNow();
    InletHandler link = inlet;
    inlet = null;
    if (link != null) {
      link.close();
    }
  }

  /// Sets up a connection to the control plane.
  private final class Connected extends ChannelInitializer<Channel> {
    private final SslContext context;
    private final InletHandler handler;

    Connected(SslContext context, InletHandler handler) {
      this.context = context;
      this.handler = handler;
    }

    @Override
    protected void initChannel(Channel channel) {
      long silence = pace.ping().multipliedBy(3).toMillis();
      channel
          .pipeline()
          .addLast(context.newHandler(channel.alloc()))
          .addLast(new ReadTimeoutHandler(silence, TimeUnit.MILLISECONDS))
          .addLast(new HttpClientCodec())
          .addLast(new HttpObjectAggregator(LARGEST_ANSWER))
          .addLast(handler);
    }
  }
}
