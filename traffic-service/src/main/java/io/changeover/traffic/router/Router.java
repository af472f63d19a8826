package io.changeover.traffic.router;

/// What shares new requests out among the servers of a backend. Every call has a deadline and none
/// throws: what could not be read is [Reading.Unknown], what may or may not have been done is
/// [Change.Unknown].
///
/// An adapter must keep these laws (a conformance class holds it to them):
/// - what [#setWeight] and [#setState] answered `Done` for, the next [#read] shows;
/// - what [#setFreeze] answered `Done` for, the next [#readFreeze] shows, and the router denies a
///   frozen backend's writes with the header [#DENIED] while its reads pass;
/// - a server of weight 0 gets no new request and stays ready;
/// - counters only rise, unless the router restarted, which changes [Observation#process].
public interface Router {

  /// The largest weight of one server.
  int MAX_WEIGHT = 256;

  /// The header of an answer by which the router itself denied a write; its value is `frozen`.
  String DENIED = "x-changeover";

  /// Reads all servers of one backend.
  Reading read(String backend);

  /// Gives one server a weight, 0 to [#MAX_WEIGHT], relative to the others of its backend.
  Change setWeight(String backend, String server, int weight);

  /// Puts one server into an administrative state.
  Change setState(String backend, String server, AdminState state);

  /// Reads whether the router lets writes through to the Admin APIs of a backend.
  FreezeReading readFreeze(String backend);

  /// Lets only reads through to the Admin APIs of a backend, or writes too.
  Change setFreeze(String backend, FreezeState state);
}
