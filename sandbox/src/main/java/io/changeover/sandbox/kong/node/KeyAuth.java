package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.Response;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `key-auth`: an API key in a header or in the query names the consumer.
final class KeyAuth implements Plugin {

  private final Replies replies;

  KeyAuth(Replies replies) {
    this.replies = replies;
  }

  @Override
  public String name() {
    return "key-auth";
  }

  @Override
  public @Nullable Response access(ProxyCall call, PluginRow row) {
    List<String> names = Rows.strings(row.config(), "key_names");
    String key = find(call, names.isEmpty() ? List.of("apikey") : names);
    if (key == null) {
      return replies
          .error(401, "No API key found in request")
          .with("WWW-Authenticate", "Key realm=\"kong\"");
    }
    Credential credential = call.configuration().keys().get(key);
    if (credential == null) {
      return replies.error(401, "Invalid authentication credentials");
    }
    call.authenticated(credential);
    Consumer consumer = credential.consumer();
    call.toUpstream().set("X-Consumer-ID", consumer.id());
    if (!consumer.customId().isEmpty()) {
      call.toUpstream().set("X-Consumer-Custom-ID", consumer.customId());
    }
    if (!consumer.username().isEmpty()) {
      call.toUpstream().set("X-Consumer-Username", consumer.username());
    }
    call.toUpstream().set("X-Credential-Identifier", credential.id());
    return null;
  }

  private static @Nullable String find(ProxyCall call, List<String> names) {
    QueryStringDecoder query = new QueryStringDecoder(call.request().target());
    for (String name : names) {
      String header = call.request().headers().get(name);
      if (header != null && !header.isEmpty()) {
        return header;
      }
      List<String> values = query.parameters().get(name);
      if (values != null && !values.isEmpty()) {
        return values.getFirst();
      }
    }
    return null;
  }
}
