package io.changeover.traffic;

import io.changeover.traffic.act.StandalonePreflight;
import io.changeover.worker.standalone.StandaloneLooks;

/// Looks at routers as the phase `preflight-router` does, without Kafka; see [StandaloneLooks].
public final class PreflightMain {

  private PreflightMain() {}

  /// One command per line in, one report per line out.
  public static void main(String[] arguments) throws InterruptedException {
    System.setProperty("logback.configurationFile", "standalone-logback.xml");
    StandaloneLooks.main(arguments, StandalonePreflight::of);
  }
}
