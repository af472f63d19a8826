package io.changeover.inventory;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one kind of text.
///
/// @param expected says in a few words what the text should be
/// @param read empty when the text is something else
record TextParser<T>(String expected, Function<String, Optional<T>> read) {

  private static final Pattern DURATION_FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Pattern HOST_PORT_FORM =
      Pattern.compile("(\\[[0-9A-Fa-f:]+]|[^\\s:/]+):(\\d{1,5})");

  /// `500ms`, `10s`, `5m`, `24h`.
  static final TextParser<Duration> DURATION =
      new TextParser<>("a duration like 500ms, 10s, 5m or 24h", TextParser::duration);

  /// An absolute `http` or `https` address without query.
  static final TextParser<URI> URL =
      new TextParser<>("an address like http://127.0.0.1:8001", TextParser::url);

  /// `host:port`.
  static final TextParser<HostPort> HOST_PORT =
      new TextParser<>("host:port, the port 1 to 65535", TextParser::hostPort);

  /// `tcp://host:port` or `unix:///path`.
  static final TextParser<RuntimeAddress> RUNTIME_ADDRESS =
      new TextParser<>("tcp://host:port or unix:///path", TextParser::runtimeAddress);

  /// An absolute path.
  static final TextParser<Path> ABSOLUTE_PATH =
      new TextParser<>(
          "an absolute path",
          text -> text.startsWith("/") ? Optional.of(Path.of(text)) : Optional.empty());

  /// A path of a URL.
  static final TextParser<String> URL_PATH =
      new TextParser<>(
          "a path that starts with /",
          text -> text.matches("/[^\\s]*") ? Optional.of(text) : Optional.empty());

  /// `true` or `false`; YAML's other words for them are refused.
  static final TextParser<Boolean> BOOLEAN =
      new TextParser<>(
          "true or false",
          text ->
              text.matches("true|false") ? Optional.of(Boolean.valueOf(text)) : Optional.empty());

  /// A keyspace's name as Cassandra takes it: word characters, at most 48.
  static final TextParser<String> KEYSPACE =
      new TextParser<>(
          "a keyspace's name: letters, digits and `_`, at most 48",
          text -> text.matches("\\w{1,48}") ? Optional.of(text) : Optional.empty());

  /// A table's name as Cassandra takes it: word characters, at most 222.
  static final TextParser<String> TABLE =
      new TextParser<>(
          "a table's name, or one of its columns as `table.column`: letters, digits and `_`, at most 222",
          text ->
              text.matches("\\w{1,222}(\\.\\w{1,222})?") ? Optional.of(text) : Optional.empty());

  /// A version number of Kong, Enterprise's four parts included, and perhaps a label.
  static final TextParser<String> VERSION =
      new TextParser<>(
          "a version like \"2.1.4\", or \"2.2.2+oauth2\" for other nodes of 2.2.2",
          text ->
              text.matches("\\d+(\\.\\d+){1,3}(-[A-Za-z0-9.-]+)?(\\+[A-Za-z0-9.-]+)?")
                  ? Optional.of(text)
                  : Optional.empty());

  /// A name that may stand in topics' keys, file names and metrics.
  static final TextParser<String> NAME =
      new TextParser<>(
          "a name of letters, digits, `.`, `_` and `-`, at most 200, starting with a letter or digit",
          text ->
              text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
                  ? Optional.of(text)
                  : Optional.empty());

  Optional<T> parse(String text) {
    return read.apply(text);
  }

  static TextParser<Integer> integer(int least, int most) {
    return new TextParser<>(
        "a whole number from " + least + " to " + most,
        text ->
            text.matches("-?\\d{1,10}")
                ? Optional.of(Long.parseLong(text))
                    .filter(number -> number >= least && number <= most)
                    .map(Long::intValue)
                : Optional.empty());
  }

  static <T> TextParser<T> oneOf(Map<String, T> words) {
    return new TextParser<>(
        "one of " + String.join(", ", words.keySet()),
        text -> Optional.ofNullable(words.get(text)));
  }

  static TextParser<String> oneOf(List<String> words) {
    return new TextParser<>(
        "one of " + String.join(", ", words), text -> Optional.of(text).filter(words::contains));
  }

  static TextParser<String> oneOf(Set<String> words) {
    return oneOf(Arrays.stream(words.toArray(String[]::new)).sorted().toList());
  }

  private static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION_FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Optional.of(Duration.ofMillis(amount));
      case "s" -> Optional.of(Duration.ofSeconds(amount));
      case "m" -> Optional.of(Duration.ofMinutes(amount));
      default -> Optional.of(Duration.ofHours(amount));
    };
  }

  private static Optional<URI> url(String text) {
    try {
      URI uri = URI.create(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean plain =
          uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
      return http && plain && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<HostPort> hostPort(String text) {
    Matcher matcher = HOST_PORT_FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(matcher.group(2));
    return port >= 1 && port <= 65535
        ? Optional.of(new HostPort(matcher.group(1), port))
        : Optional.empty();
  }

  private static Optional<RuntimeAddress> runtimeAddress(String text) {
    if (text.startsWith("tcp://")) {
      return hostPort(text.substring("tcp://".length()))
          .map(address -> new RuntimeAddress.Tcp(address.host(), address.port()));
    }
    return text.startsWith("unix:///")
        ? Optional.of(new RuntimeAddress.UnixSocket(Path.of(text.substring("unix://".length()))))
        : Optional.empty();
  }
}
