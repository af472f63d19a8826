package io.changeover.cli.demo;

/// What goes wrong on purpose.
public enum Injection {
  /// Nothing.
  NONE(""),

  /// Green answers a share of requests with 500.
  GREEN_ERRORS("errors=0.3");

  private final String greenFaults;

  Injection(String greenFaults) {
    this.greenFaults = greenFaults;
  }

  /// The fault switches of the green nodes, empty for none.
  String greenFaults() {
    return greenFaults;
  }
}
