package io.changeover.worker;

/// Why work is to stop.
enum Cancellation {
  SUPERSEDED("a newer command of the upgrade arrived"),
  REVOKED("the cluster's partition went to another worker"),
  SHUTDOWN("the worker shuts down");

  final String words;

  Cancellation(String words) {
    this.words = words;
  }
}
