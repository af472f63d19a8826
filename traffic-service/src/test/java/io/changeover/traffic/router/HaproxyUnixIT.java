package io.changeover.traffic.router;

import io.changeover.inventory.RuntimeAddress;
import io.changeover.traffic.testing.HaproxyProcess;

/// HAProxy over a unix socket.
class HaproxyUnixIT extends HaproxyConformance {

  @Override
  RuntimeAddress address(HaproxyProcess haproxy) {
    return haproxy.unix();
  }

  @Override
  RuntimeAddress nowhere() {
    return new RuntimeAddress.UnixSocket(folder.resolve("nobody.sock"));
  }
}
