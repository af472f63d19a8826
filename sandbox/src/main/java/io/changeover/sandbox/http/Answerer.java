package io.changeover.sandbox.http;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/// Answers requests of a listener. Called on an event loop: it must not block. A stage that fails
/// is answered with 500.
@FunctionalInterface
public interface Answerer {

  /// The answer to `request`, which came from `peer`.
  CompletionStage<Response> answer(Request request, InetSocketAddress peer);
}
