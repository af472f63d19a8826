package io.changeover.traffic.act;

import io.changeover.traffic.router.CallLimits;
import io.changeover.traffic.router.HaproxyRouter;
import io.changeover.traffic.router.Router;
import jakarta.inject.Singleton;
import java.time.Clock;

/// The router of a cluster, from its inventory. A further kind of router is one more record of the
/// inventory and one more case here.
@Singleton
public class Routers {

  /// The router that this part of the inventory describes.
  public Router of(io.changeover.inventory.Router settings, Clock clock) {
    return switch (settings) {
      case io.changeover.inventory.Haproxy haproxy ->
          new HaproxyRouter(haproxy.runtime(), CallLimits.DEFAULT, clock);
    };
  }
}
