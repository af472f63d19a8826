package io.changeover.sandbox.router;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The servers of one backend and whose turn it is: smooth weighted round robin, so that weights 10
/// and 90 give exactly one request in ten, spread evenly.
final class RouterBackend {

  private final String name;
  private final List<RouterServer> servers;
  private final long[] credit;

  RouterBackend(RouterPlan.Backend plan) {
    this.name = plan.name();
    this.servers = plan.servers().stream().map(RouterServer::new).toList();
    this.credit = new long[servers.size()];
  }

  String name() {
    return name;
  }

  List<RouterServer> servers() {
    return servers;
  }

  Optional<RouterServer> server(String serverName) {
    return servers.stream().filter(server -> server.name().equals(serverName)).findFirst();
  }

  /// The next server, another than `not` if there is one; null if none takes requests.
  synchronized @Nullable RouterServer next(@Nullable RouterServer not) {
    int chosen = -1;
    long total = 0;
    for (int i = 0; i < credit.length; i++) {
      int share = servers.get(i).share();
      if (share == 0) {
        credit[i] = 0;
      } else if (servers.get(i) != not) {
        total += share;
        credit[i] += share;
        if (chosen < 0 || credit[i] > credit[chosen]) {
          chosen = i;
        }
      }
    }
    if (chosen < 0) {
      return not != null && not.share() > 0 ? not : null;
    }
    credit[chosen] -= total;
    return servers.get(chosen);
  }

  /// Begins a new round, so that the split is exact from here on.
  synchronized void newRound() {
    Arrays.fill(credit, 0);
  }
}
