package io.changeover.inventory;

/// The way in which a cluster is upgraded.
public enum Procedure {
  /// Blue and green share one PostgreSQL database whose schema serves both between `up` and
  /// `finish`.
  SHARED_DATASTORE("shared-datastore"),
  /// Green gets a keyspace of its own, filled from blue's.
  KEYSPACE_COPY("keyspace-copy"),
  /// There is no datastore.
  DB_LESS("db-less");

  private final String word;

  Procedure(String word) {
    this.word = word;
  }

  /// The word used in inventory files and messages.
  public String word() {
    return word;
  }
}
