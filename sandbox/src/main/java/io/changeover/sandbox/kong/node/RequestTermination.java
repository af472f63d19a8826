package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `request-termination`: answers with a fixed status, and a message or a body.
final class RequestTermination implements Plugin {

  private static final int DEFAULT_STATUS = 503;
  private static final Map<Integer, String> DEFAULT_WORDS =
      Map.of(
          401, "Unauthorized",
          404, "Not found",
          405, "Method not allowed",
          500, "An unexpected error occurred",
          502, "Bad Gateway",
          503, "Service unavailable");

  private final Replies replies;

  RequestTermination(Replies replies) {
    this.replies = replies;
  }

  @Override
  public String name() {
    return "request-termination";
  }

  @Override
  public @Nullable Response access(ProxyCall call, PluginRow row) {
    int status = Rows.number(row.config(), "status_code", DEFAULT_STATUS);
    String body = Rows.textOrNull(row.config(), "body");
    if (body != null) {
      String type = Rows.textOrNull(row.config(), "content_type");
      return replies.made(status, body, type == null ? Replies.JSON_TYPE : type);
    }
    String message = Rows.textOrNull(row.config(), "message");
    return replies.exit(status, message == null ? DEFAULT_WORDS.getOrDefault(status, "") : message);
  }
}
