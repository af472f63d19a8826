package io.changeover.inventory;

/// A host and a port, written `host:port`.
public record HostPort(String host, int port) {

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
