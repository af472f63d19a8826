package io.changeover.planner.shell;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// W3C trace context, derived and never drawn: the same decision always gives the same headers.
/// What comes without a trace joins the upgrade's own.
///
/// @param id the trace id, 32 hexadecimal digits
record Trace(String id) {
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  /// The trace that a header names, else the upgrade's own.
  static Trace of(@Nullable String traceparent, String upgrade) {
    if (traceparent != null) {
      Matcher matcher = TRACEPARENT.matcher(traceparent);
      if (matcher.matches()) {
        return new Trace(matcher.group(1));
      }
    }
    UUID own = uuid(upgrade);
    return new Trace(hex(own.getMostSignificantBits()) + hex(own.getLeastSignificantBits()));
  }

  /// The header of a message that this decision sends.
  String traceparent(String messageId) {
    return "00-" + id + "-" + hex(uuid(messageId).getMostSignificantBits()) + "-01";
  }

  private static UUID uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(long bits) {
    return HexFormat.of().toHexDigits(bits);
  }
}
