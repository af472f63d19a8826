package io.changeover.migrator.preflight;

import io.changeover.migrator.preflight.content.Content;
import io.changeover.migrator.preflight.content.ContentCheck;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.kong.KongTarget;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Can green run every plugin that is in use? A node refuses to start with one that it does not
/// have, and a command neither lists nor runs the migrations of one that it is not told of.
///
/// @param availableOnBlue what blue's nodes say they can run
/// @param added plugins that the request brings
record PluginChecks(
    KongTarget blue, KongTarget green, Set<String> availableOnBlue, Set<String> added)
    implements ContentCheck {

  /// What `bundled` means in Kong 2.1 and 2.2, as their Admin API lists it.
  private static final Set<String> BUNDLED =
      Set.of(
          "acl",
          "acme",
          "aws-lambda",
          "azure-functions",
          "basic-auth",
          "bot-detection",
          "correlation-id",
          "cors",
          "datadog",
          "file-log",
          "grpc-gateway",
          "grpc-web",
          "hmac-auth",
          "http-log",
          "ip-restriction",
          "jwt",
          "key-auth",
          "ldap-auth",
          "loggly",
          "oauth2",
          "post-function",
          "pre-function",
          "prometheus",
          "proxy-cache",
          "rate-limiting",
          "request-size-limiting",
          "request-termination",
          "request-transformer",
          "response-ratelimiting",
          "response-transformer",
          "session",
          "statsd",
          "syslog",
          "tcp-log",
          "udp-log",
          "zipkin");

  @Override
  public String name() {
    return "plugins in use";
  }

  @Override
  public <X extends Exception> void look(Content<X> content, Findings findings) throws X {
    TreeSet<String> used = new TreeSet<>();
    if (content.has("plugins", "name")) {
      content.rows(
          "plugins",
          List.of("name"),
          row -> {
            used.add(row.path("name").asText());
            return false;
          });
    }
    judge(List.copyOf(used), findings);
    thereAlready(findings);
  }

  private void thereAlready(Findings findings) {
    TreeSet<String> both = new TreeSet<>(added);
    both.retainAll(availableOnBlue);
    if (!both.isEmpty()) {
      findings.fact(
          "plugins.there-already",
          "the request adds " + both + ", which blue's nodes have already",
          "plugins.available_on_server of blue's Admin APIs");
    }
  }

  private void judge(List<String> used, Findings findings) {
    Optional<Set<String>> named = named(green);
    if (named.isEmpty()) {
      findings.warning(
          "plugins.unseen",
          "green's `plugins` can't be read from here",
          "in use: " + used,
          "name KONG_PLUGINS of the new version in the inventory");
      return;
    }
    Set<String> missing = missing(used, named.orElseThrow());
    if (missing.isEmpty()) {
      findings.fact("plugins.covered", "green has every plugin in use", "in use: " + used);
    } else {
      findings.blocker(
          "plugins.missing",
          "green does not have " + missing,
          "in use: " + used + "; plugins of green: " + named.orElseThrow(),
          "add them to KONG_PLUGINS of the new version and install them there");
    }
  }

  /// A plugin that blue has without naming it is bundled with blue's edition, and taken to be so
  /// with green's.
  private Set<String> missing(List<String> used, Set<String> named) {
    Set<String> withEdition = bundled(blue, availableOnBlue);
    TreeSet<String> missing = new TreeSet<>();
    for (String plugin : used) {
      if (!named.contains(plugin) && !(named.contains("bundled") && withEdition.contains(plugin))) {
        missing.add(plugin);
      }
    }
    return missing;
  }

  /// What `bundled` stands for: Kong's own, and what blue's edition has beside without naming it.
  static Set<String> bundled(KongTarget blue, Set<String> availableOnBlue) {
    TreeSet<String> all = new TreeSet<>(BUNDLED);
    Set<String> names = named(blue).orElse(Set.of());
    if (names.contains("bundled")) {
      availableOnBlue.stream().filter(name -> !names.contains(name)).forEach(all::add);
    }
    return all;
  }

  static Optional<Set<String>> named(KongTarget target) {
    return Settings.of(target)
        .value("plugins", "bundled")
        .map(
            text ->
                Arrays.stream(text.split(","))
                    .map(String::strip)
                    .collect(Collectors.toCollection(TreeSet::new)));
  }
}
