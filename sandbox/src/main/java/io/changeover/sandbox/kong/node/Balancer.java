package io.changeover.sandbox.kong.node;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Where a service's next request goes: its host, or the next target of the upstream of that name
/// by weight.
final class Balancer {

  private final Map<String, AtomicLong> turns = new ConcurrentHashMap<>();
  private final Map<String, InetSocketAddress> resolved = new ConcurrentHashMap<>();

  /// Null when the upstream has no target.
  @Nullable InetSocketAddress pick(Service service, Configuration configuration) {
    List<Configuration.Target> targets = configuration.targets().get(service.host());
    if (targets == null) {
      return resolve(service.host(), service.port());
    }
    long total = targets.stream().mapToLong(Configuration.Target::weight).sum();
    if (total == 0) {
      return null;
    }
    long turn =
        turns.computeIfAbsent(service.host(), any -> new AtomicLong()).getAndIncrement() % total;
    for (Configuration.Target target : targets) {
      turn -= target.weight();
      if (turn < 0) {
        return resolve(target.host(), target.port());
      }
    }
    return null;
  }

  private InetSocketAddress resolve(String host, int port) {
    return resolved.computeIfAbsent(host + ":" + port, any -> new InetSocketAddress(host, port));
  }
}
