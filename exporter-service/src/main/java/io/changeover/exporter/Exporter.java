package io.changeover.exporter;

import io.micronaut.runtime.Micronaut;

/// Starts the exporter-service. Its settings come from the environment, see `application.yml`.
public final class Exporter {

  private Exporter() {}

  /// Runs until the process is told to end.
  public static void main(String[] args) {
    Micronaut.build(args).mainClass(Exporter.class).banner(false).start();
  }
}
