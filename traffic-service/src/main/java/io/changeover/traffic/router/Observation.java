package io.changeover.traffic.router;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One backend at one moment.
///
/// @param at when it was read
/// @param product name and version of the router
/// @param process identity of the running router; another one means that counters and weights
///   started anew
public record Observation(
    Instant at, String product, String process, String backend, List<Server> servers) {

  /// One server.
  public Optional<Server> server(String name) {
    return servers.stream().filter(server -> server.name().equals(name)).findFirst();
  }

  /// The servers of these names that exist, in the names' order.
  public List<Server> servers(List<String> names) {
    return names.stream().map(this::server).flatMap(Optional::stream).toList();
  }

  /// The names that the backend does not have.
  public List<String> missing(List<String> names) {
    return names.stream().filter(name -> server(name).isEmpty()).toList();
  }

  /// Sum of what these servers counted.
  public Counters counters(List<String> names) {
    return servers(names).stream().map(Server::counters).reduce(Counters.ZERO, Counters::plus);
  }
}
