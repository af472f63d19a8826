package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.Request;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// One route and the rules by which it matches. An empty rule matches everything.
///
/// @param paths longest first
record Route(
    String id,
    @Nullable Service service,
    List<String> hosts,
    List<String> methods,
    List<PathRule> paths,
    Map<String, List<String>> headers,
    boolean stripPath,
    boolean preserveHost,
    int regexPriority,
    long createdAt) {

  /// How many kinds of rule the route has: Kong tries routes with more of them first.
  int kinds() {
    return (hosts.isEmpty() ? 0 : 1)
        + (methods.isEmpty() ? 0 : 1)
        + (paths.isEmpty() ? 0 : 1)
        + (headers.isEmpty() ? 0 : 1);
  }

  boolean hasPlainHost() {
    return hosts.stream().anyMatch(host -> !host.contains("*"));
  }

  int longestPath() {
    return paths.isEmpty() ? 0 : paths.getFirst().text().length();
  }

  /// What of the path matched (empty without path rules), or null if the route does not match.
  @Nullable String match(Request request, String host, String path) {
    if (!methods.isEmpty() && !methods.contains(request.method())) {
      return null;
    }
    if (!hosts.isEmpty() && hosts.stream().noneMatch(rule -> hostMatches(rule, host))) {
      return null;
    }
    for (Map.Entry<String, List<String>> rule : headers.entrySet()) {
      if (!rule.getValue().contains(request.headers().get(rule.getKey(), ""))) {
        return null;
      }
    }
    return paths.isEmpty() ? "" : pathMatch(path);
  }

  private @Nullable String pathMatch(String path) {
    for (PathRule rule : paths) {
      String matched = rule.match(path);
      if (matched != null) {
        return matched;
      }
    }
    return null;
  }

  private static boolean hostMatches(String rule, String host) {
    if (rule.startsWith("*")) {
      return host.endsWith(rule.substring(1));
    }
    if (rule.endsWith("*")) {
      return host.startsWith(rule.substring(0, rule.length() - 1));
    }
    return rule.toLowerCase(Locale.ROOT).equals(host);
  }

  /// A path prefix, or a regular expression if it has other characters than a plain path.
  record PathRule(String text, @Nullable Pattern pattern) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~/%-]*");

    static PathRule of(String text) {
      return new PathRule(text, PLAIN.matcher(text).matches() ? null : compiled(text));
    }

    private static Pattern compiled(String text) {
      try {
        return Pattern.compile(text);
      } catch (PatternSyntaxException e) {
        return Pattern.compile(Pattern.quote(text));
      }
    }

    @Nullable String match(String path) {
      if (pattern == null) {
        return path.startsWith(text) ? text : null;
      }
      Matcher matcher = pattern.matcher(path);
      return matcher.lookingAt() ? matcher.group() : null;
    }
  }
}
