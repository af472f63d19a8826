package io.changeover.sandbox.kong.node;

/// Why a node does not come up, in nginx's words.
final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  StartFailure(String message) {
    super(message);
  }
}
