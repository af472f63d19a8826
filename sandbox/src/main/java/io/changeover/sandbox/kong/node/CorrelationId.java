package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.Response;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// `correlation-id`: a header with a number of this node's, unless the client sent one.
final class CorrelationId implements Plugin {

  private final String worker = UUID.randomUUID().toString();
  private final AtomicLong counter = new AtomicLong();

  @Override
  public String name() {
    return "correlation-id";
  }

  @Override
  public @Nullable Response access(ProxyCall call, PluginRow row) {
    String configured = Rows.text(row.config(), "header_name");
    String header = configured.isEmpty() ? "Kong-Request-ID" : configured;
    String sent = call.request().headers().get(header);
    String id = sent == null ? generate(Rows.text(row.config(), "generator")) : sent;
    call.toUpstream().set(header, id);
    if (Rows.flag(row.config(), "echo_downstream", false)) {
      call.toClient().set(header, id);
    }
    return null;
  }

  private String generate(String generator) {
    return switch (generator) {
      case "uuid" -> UUID.randomUUID().toString();
      default -> worker + "#" + counter.incrementAndGet();
    };
  }
}
