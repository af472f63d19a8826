package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.embedded.FreePorts;
import io.changeover.sandbox.kong.hybrid.Pace;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Control planes and data planes of one cluster, in this process.
final class HybridLab {
  /// Fast to connect again, slow to ping: what is told between pings stays told.
  static final Pace RARE_PINGS =
      new Pace(
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofHours(1),
          Duration.ofSeconds(65),
          Duration.ofMillis(10),
          Duration.ofMillis(10));

  static final Pace FREQUENT_PINGS =
      new Pace(
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(200),
          Duration.ofSeconds(65),
          Duration.ofMillis(10),
          Duration.ofMillis(10));

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger PREFIXES = new AtomicInteger();

  final Map<String, String> database;
  private final Lab lab;
  private final Path dir;
  private final Map<String, String> certificate;

  /// @param version whose schema the cluster has
  HybridLab(Lab lab, Path dir, String version, Map<String, String> certificate) {
    this.lab = lab;
    this.dir = dir;
    this.certificate = certificate;
    this.database = lab.bootstrapped(version);
  }

  /// Makes the certificate of a cluster.
  static Map<String, String> certificate(Lab lab, Path dir, String name) {
    Path crt = dir.resolve(name + ".crt");
    Path key = dir.resolve(name + ".key");
    lab.kong("2.2.2", Map.of(), "hybrid", "gen_cert", crt.toString(), key.toString());
    return Map.of(
        "cluster_cert", crt.toString(),
        "cluster_cert_key", key.toString(),
        "lua_ssl_trusted_certificate", crt.toString());
  }

  /// A node and what it has logged.
  record Member(Lab.Running running, ByteArrayOutputStream errors) {
    String log() {
      return errors.toString(StandardCharsets.UTF_8);
    }

    Path prefix() {
      return Path.of(running.settings().get("prefix"));
    }

    Path cache() {
      return prefix().resolve("config.cache.json.gz");
    }

    /// The hash of what the cache file holds, empty while it is being written.
    String hash() throws Exception {
      try (var in = new GZIPInputStream(Files.newInputStream(cache()))) {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(in.readAllBytes()));
      } catch (EOFException | ZipException e) {
        return "";
      }
    }
  }

  void close(Member member) {
    lab.close(member.running());
  }

  static int port() {
    return FreePorts.next();
  }

  Member controlPlane(String version, int port) throws Exception {
    Map<String, String> more = new HashMap<>(certificate);
    more.put("role", "control_plane");
    more.put("cluster_listen", "127.0.0.1:" + port);
    more.put("db_update_frequency", "0.1");
    return start(version, database, more, RARE_PINGS);
  }

  Member dataPlane(String version, int port, Pace pace) throws Exception {
    return dataPlane(version, port, dir.resolve("dp" + PREFIXES.incrementAndGet()), pace);
  }

  Member dataPlane(String version, int port, Path prefix, Pace pace) throws Exception {
    return dataPlane(version, port, prefix, certificate, pace);
  }

  Member dataPlane(String version, int port, Path prefix, Map<String, String> shows, Pace pace)
      throws Exception {
    Map<String, String> more = new HashMap<>(shows);
    more.put("role", "data_plane");
    more.put("database", "off");
    more.put("prefix", prefix.toString());
    more.put("cluster_control_plane", "127.0.0.1:" + port);
    return start(version, Map.of(), more, pace);
  }

  private Member start(String version, Map<String, String> env, Map<String, String> more, Pace pace)
      throws Exception {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(errors, true, StandardCharsets.UTF_8);
    return new Member(lab.start(version, env, more, print, pace), errors);
  }

  /// Makes a route that the node itself answers with 200.
  void route(Member controlPlane, String name) throws Exception {
    String admin = controlPlane.running().admin();
    lab.create(admin + "/routes", "{'name':'%1$s','paths':['/%1$s']}".formatted(name));
    lab.create(
        admin + "/routes/" + name + "/plugins",
        "{'name':'request-termination','config':{'status_code':200,'message':'here'}}");
  }

  int status(Member node, String path) throws Exception {
    return lab.get(node.running().proxy() + path).statusCode();
  }

  void awaitServed(Member node, String path) throws Exception {
    await("200 for " + path, node, () -> status(node, path) == 200);
  }

  void awaitLogged(Member node, String words) throws Exception {
    await("the log to say " + words, node, () -> node.log().contains(words));
  }

  interface Condition {
    boolean holds() throws Exception;
  }

  static void await(String what, Member node, Condition condition) throws Exception {
    Instant limit = Instant.now().plus(PATIENCE);
    while (!condition.holds()) {
      if (Instant.now().isAfter(limit)) {
        throw new AssertionError("Expected " + what + ", but the node's log is:\n" + node.log());
      }
      LockSupport.parkNanos(10_000_000);
    }
  }
}
