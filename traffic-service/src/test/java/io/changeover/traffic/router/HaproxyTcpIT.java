package io.changeover.traffic.router;

import io.changeover.inventory.RuntimeAddress;
import io.changeover.traffic.testing.HaproxyProcess;
import io.changeover.traffic.testing.Ports;

/// HAProxy over TCP.
class HaproxyTcpIT extends HaproxyConformance {

  @Override
  RuntimeAddress address(HaproxyProcess haproxy) {
    return haproxy.tcp();
  }

  @Override
  RuntimeAddress nowhere() {
    return new RuntimeAddress.Tcp("127.0.0.1", Ports.free());
  }
}
