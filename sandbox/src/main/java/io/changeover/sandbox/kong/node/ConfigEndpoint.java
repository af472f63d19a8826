package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.kong.Declared;
import io.changeover.sandbox.kong.KongException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/config`: the whole configuration of a node without a database, as observed on 2.1.4 and 2.2.2.
/// The `fields` of a refusal are left empty; the real ones name each wrong field there as well.
final class ConfigEndpoint {

  private final @Nullable Declared declared;
  private final LiveConfiguration live;

  ConfigEndpoint(@Nullable Declared declared, LiveConfiguration live) {
    this.declared = declared;
    this.live = live;
  }

  AdminAnswer answer(AdminRequest request) throws AdminRequest.Unreadable {
    if (declared == null) {
      return AdminAnswer.message(
          400, "this endpoint is only available with DB-less mode; see database=off");
    }
    if (!request.method().equals("POST")) {
      return AdminAnswer.methodNotAllowed();
    }
    String text = text(request);
    if (text.isBlank()) {
      return AdminAnswer.message(400, "expected a declarative configuration");
    }
    try {
      boolean unlessSame = "1".equals(request.query().get("check_hash"));
      return declared
          .replace(text, unlessSame)
          .map(this::taken)
          .orElseGet(() -> AdminAnswer.of(304, null));
    } catch (KongException e) {
      return refused(String.valueOf(e.getMessage()).replace("Failed parsing:\n", ""));
    }
  }

  private AdminAnswer taken(Object rows) {
    live.changedHere();
    return AdminAnswer.of(201, rows);
  }

  /// The text is the field `config` of the body, or the body itself.
  private static String text(AdminRequest request) throws AdminRequest.Unreadable {
    Object inside = request.fields().get("config");
    return inside == null ? request.request().text() : inside.toString();
  }

  private static AdminAnswer refused(String why) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("fields", Map.of());
    body.put("name", "invalid declarative configuration");
    body.put("code", 14);
    body.put("message", "declarative config is invalid: " + why);
    return AdminAnswer.of(400, body);
  }
}
