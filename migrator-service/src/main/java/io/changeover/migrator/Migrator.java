package io.changeover.migrator;

import io.micronaut.runtime.Micronaut;

/// Starts the migrator-service. Everything it needs comes from environment variables:
/// `KAFKA_BOOTSTRAP_SERVERS`, `CHANGEOVER_INVENTORY`, `MICRONAUT_SERVER_PORT`.
public final class Migrator {

  private Migrator() {}

  public static void main(String[] arguments) {
    Micronaut.build(arguments).banner(false).mainClass(Migrator.class).start();
  }
}
