package io.changeover.traffic.router;

/// What the operator wants of a server.
public enum AdminState {
  /// Takes requests by its weight.
  READY("ready"),
  /// Takes no new requests; what runs may end.
  DRAIN("drain"),
  /// Out of service.
  MAINT("maint");

  private final String word;

  AdminState(String word) {
    this.word = word;
  }

  /// The router's word for it.
  public String word() {
    return word;
  }
}
