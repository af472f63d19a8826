package io.changeover.traffic;

import io.micronaut.runtime.Micronaut;

/// The traffic-service as a process of its own.
public final class Traffic {

  private Traffic() {}

  /// Starts the service; configuration comes from the environment.
  public static void main(String[] args) {
    Micronaut.build(args).mainClass(Traffic.class).banner(false).start();
  }
}
