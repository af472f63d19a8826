package io.changeover.migrator.act;

import io.changeover.inventory.Node;
import io.changeover.inventory.Probe;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.migrator.observe.NodeObservation;
import io.changeover.migrator.observe.NodeObservation.Liveness;
import io.changeover.migrator.observe.Reading;
import io.changeover.worker.kong.KongCli;
import io.changeover.worker.kong.KongTarget;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Looks at one node from all sides: its Admin API, its Status API, a request through its proxy,
/// its own command.
public final class NodeProbe {

  private final HttpReader http;
  private final Duration limit;

  public NodeProbe(HttpReader http, Duration limit) {
    this.http = http;
    this.limit = limit;
  }

  /// One observation; never throws for what does not answer.
  ///
  /// @param target the node's own command
  /// @param probe the request through the proxy; without one, `/`
  public NodeObservation look(Node node, KongTarget target, Optional<Probe> probe)
      throws InterruptedException {
    Reading root = http.get(node.admin(), "/", Map.of());
    Reading admin = http.get(node.admin(), "/status", Map.of());
    Optional<Reading> status =
        node.status().isPresent()
            ? Optional.of(http.get(node.status().orElseThrow(), "/status", Map.of()))
            : Optional.empty();
    Reading proxy = throughProxy(node.proxy(), probe);
    boolean allRefuse =
        Stream.concat(Stream.of(root, admin, proxy), status.stream())
            .allMatch(Reading.Refused.class::isInstance);
    return new NodeObservation(
        root, admin, status, proxy, allRefuse ? process(node, target) : Liveness.UNCLEAR);
  }

  private Reading throughProxy(URI proxy, Optional<Probe> probe) throws InterruptedException {
    Map<String, String> headers = new TreeMap<>();
    try {
      probe.ifPresent(
          wanted -> {
            wanted.host().ifPresent(host -> headers.put("Host", host));
            wanted.headers().forEach((name, value) -> headers.put(name, value.resolve()));
          });
    } catch (UnresolvedSecretException e) {
      return new Reading.Silent(String.valueOf(e.getMessage()));
    }
    return http.get(proxy, probe.map(Probe::path).orElse("/"), headers);
  }

  /// Asked only where every address refuses: nothing else depends on it.
  private Liveness process(Node node, KongTarget target) {
    if (node.start().isPresent() || node.stop().isPresent() || node.quit().isPresent()) {
      return Liveness.UNASKED;
    }
    return ProcessWords.of(KongCli.health(target, node.prefix(), limit));
  }
}
