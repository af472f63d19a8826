package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.Answerer;
import io.changeover.sandbox.http.Request;
import io.changeover.sandbox.http.Response;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// The read-only Status API: `/status` and nothing else.
final class StatusApi implements Answerer {

  private final NodeEndpoints node;
  private final Replies replies;
  private final Executor blocking;

  StatusApi(NodeEndpoints node, Replies replies, Executor blocking) {
    this.node = node;
    this.replies = replies;
    this.blocking = blocking;
  }

  @Override
  public CompletionStage<Response> answer(Request request, InetSocketAddress peer) {
    return CompletableFuture.supplyAsync(
        () -> {
          long begun = System.nanoTime();
          AdminAnswer answer =
              request.path().equals("/status") ? node.status() : AdminAnswer.notFound();
          long took = (System.nanoTime() - begun) / 1_000_000;
          return replies.admin(answer.status(), answer.body(), took);
        },
        blocking);
  }
}
