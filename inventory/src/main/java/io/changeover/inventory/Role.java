package io.changeover.inventory;

/// What a node of a hybrid cluster does.
public enum Role {
  /// Reads the datastore, has the Admin API, pushes the configuration.
  CONTROL_PLANE("control-plane"),
  /// Takes the traffic.
  DATA_PLANE("data-plane");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /// The word used in inventory files and messages.
  public String word() {
    return word;
  }
}
