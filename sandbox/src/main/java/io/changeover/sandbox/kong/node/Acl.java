package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.Response;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `acl`: groups that may or may not pass.
final class Acl implements Plugin {

  private final Replies replies;

  Acl(Replies replies) {
    this.replies = replies;
  }

  @Override
  public String name() {
    return "acl";
  }

  @Override
  public @Nullable Response access(ProxyCall call, PluginRow row) {
    Credential credential = call.credential();
    Set<String> groups = credential == null ? Set.of() : credential.consumer().groups();
    List<String> allow = either(row, "allow", "whitelist");
    List<String> deny = either(row, "deny", "blacklist");
    boolean passes =
        (allow.isEmpty() || allow.stream().anyMatch(groups::contains))
            && deny.stream().noneMatch(groups::contains);
    return passes ? null : replies.error(403, "You cannot consume this service");
  }

  /// Before 2.1 the lists had other names.
  private static List<String> either(PluginRow row, String name, String before) {
    List<String> list = Rows.strings(row.config(), name);
    return list.isEmpty() ? Rows.strings(row.config(), before) : list;
  }
}
