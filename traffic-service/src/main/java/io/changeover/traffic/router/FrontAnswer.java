package io.changeover.traffic.router;

/// What a request through the front of the Admin APIs came to.
public sealed interface FrontAnswer {

  /// The router itself denied it, because of the freeze.
  record Denied(int status) implements FrontAnswer {}

  /// Something behind the router answered, whatever it said.
  record Passed(int status) implements FrontAnswer {}

  /// No answer, or one that tells of no server behind the router (5xx).
  record Unknown(String reason) implements FrontAnswer {}
}
