package io.changeover.planner;

import io.micronaut.runtime.Micronaut;

/// The planner as a process. Configured by environment variables, see `application.yml`.
public final class Planner {
  private Planner() {}

  /// Runs until it is told to end.
  ///
  /// @param args options of Micronaut
  public static void main(String[] args) {
    System.setProperty("changeover.exit", "true");
    Micronaut.build(args).mainClass(Planner.class).banner(false).start();
  }
}
