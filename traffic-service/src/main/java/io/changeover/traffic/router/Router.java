package io.changeover.traffic.router;

/// What shares new requests out among the servers of a backend. Every call has a deadline and none
/// throws: what could not be read is [Reading.Unknown], what may or may not have been done is
/// [Change.Unknown].
///
/// An adapter must keep these laws (a conformance class holds it to them):
/// - what [#setWeight] and [#setState] answered `Done` for, the next [#read] shows;
/// - a server of weight 0 gets no new request and stays ready;
/// - counters only rise, unless the router restarted, which changes [Observation#process].
public interface Router {

  /// The largest weight of one server.
  int MAX_WEIGHT = 256;

  /// Reads all servers of one backend.
  Reading read(String backend);

  /// Gives one server a weight, 0 to [#MAX_WEIGHT], relative to the others of its backend.
  Change setWeight(String backend, String server, int weight);

  /// Puts one server into an administrative state.
  Change setState(String backend, String server, AdminState state);
}
