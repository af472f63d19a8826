package io.changeover.inventory;

import java.nio.file.Path;

/// Where HAProxy's Runtime API listens.
public sealed interface RuntimeAddress {

  /// `tcp://host:port`
  record Tcp(String host, int port) implements RuntimeAddress {
    @Override
    public String toString() {
      return "tcp://" + host + ":" + port;
    }
  }

  /// `unix:///path`
  record UnixSocket(Path path) implements RuntimeAddress {
    @Override
    public String toString() {
      return "unix://" + path;
    }
  }
}
