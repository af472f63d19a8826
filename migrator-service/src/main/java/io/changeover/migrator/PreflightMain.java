package io.changeover.migrator;

import io.changeover.migrator.work.StandalonePreflight;
import io.changeover.worker.standalone.StandaloneLooks;

/// Looks at clusters as the phase `preflight` does, without Kafka; see [StandaloneLooks].
public final class PreflightMain {

  private PreflightMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.setProperty("logback.configurationFile", "standalone-logback.xml");
    StandaloneLooks.main(arguments, StandalonePreflight::of);
  }
}
