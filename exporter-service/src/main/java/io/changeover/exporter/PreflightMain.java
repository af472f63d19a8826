package io.changeover.exporter;

import io.changeover.exporter.cassandra.work.StandalonePreflight;
import io.changeover.worker.standalone.StandaloneLooks;

/// Looks at pairs of keyspaces as the phases that copy do first, without Kafka; see
/// [StandaloneLooks].
public final class PreflightMain {

  private PreflightMain() {}

  /// One command per line in, one report per line out.
  public static void main(String[] arguments) throws InterruptedException {
    System.setProperty("logback.configurationFile", "standalone-logback.xml");
    StandaloneLooks.main(arguments, StandalonePreflight::of);
  }
}
