package io.changeover.inventory;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Binds the versions of Kong and their nodes.
final class KongBinder {

  private static final URI NOWHERE = URI.create("http://invalid");
  private static final Pattern SECRET_NAME = Pattern.compile(".*(PASSWORD|SECRET|KEY|TOKEN)");
  private static final Pattern FILE_NAME = Pattern.compile(".*_CERT_KEY");

  private static final TextParser<Edition> EDITION =
      TextParser.oneOf(Words.of(Edition.values(), Edition::word));
  private static final TextParser<Role> ROLE =
      TextParser.oneOf(Words.of(Role.values(), Role::word));

  private KongBinder() {}

  static Map<String, KongVersion> versions(Value value) {
    Map<String, Value> entries = value.entries();
    entries.forEach(
        (version, entry) -> {
          if (TextParser.VERSION.parse(version).isEmpty()) {
            entry.problem("the key `" + version + "`", TextParser.VERSION.expected());
          }
        });
    return Words.mapped(entries, (version, entry) -> version(version, entry.section()));
  }

  private static KongVersion version(String version, Section section) {
    List<String> command = section.optional("command").map(Value::argv).orElse(List.of("kong"));
    Map<String, Secret> environment = environment(section);
    Optional<RunbookName> provision = runbook(section.optional("provision"));
    Optional<RunbookName> decommission = runbook(section.optional("decommission"));
    KongVersion bound =
        new KongVersion(
            version,
            edition(version, section.optional("edition")),
            command,
            path(section, "conf"),
            path(section, "declarative"),
            environment,
            section.required("nodes").list().stream()
                .map(node -> node(node.section(), command, environment))
                .toList(),
            provision,
            decommission);
    section.end();
    return bound;
  }

  /// What nobody says is told by the version's form.
  private static Edition edition(String version, Optional<Value> value) {
    Edition told = Edition.told(KongVersion.number(version)).orElse(Edition.ENTERPRISE);
    Edition edition = value.map(said -> said.parsed(EDITION, told)).orElse(told);
    if (edition == Edition.COMMUNITY && told == Edition.ENTERPRISE) {
      value.ifPresent(
          said ->
              said.problem(
                  "`community`, of a version that is written as Enterprise's are",
                  "`enterprise`, or a version of three numbers"));
    }
    return edition;
  }

  private static Optional<RunbookName> runbook(Optional<Value> value) {
    return value.map(
        present -> {
          Section section = present.section();
          String name = section.required("runbook").parsed(TextParser.NAME, "none");
          section.end();
          return new RunbookName(name);
        });
  }

  private static Node node(Section section, List<String> command, Map<String, Secret> environment) {
    String name = section.required("name").parsed(TextParser.NAME, "");
    Map<String, Secret> own = new LinkedHashMap<>(environment);
    own.putAll(environment(section));
    Node node =
        new Node(
            name,
            section.optional("role").map(value -> value.parsed(ROLE, Role.CONTROL_PLANE)),
            path(section, "cacheFile"),
            url(section.required("admin")),
            url(section.required("proxy")),
            section.optional("status").map(KongBinder::url),
            section.optional("server").map(Value::text).orElse(name),
            path(section, "prefix"),
            section.optional("command").map(Value::argv).orElse(command),
            Collections.unmodifiableMap(own),
            section.optional("start").map(Value::argv),
            section.optional("stop").map(Value::argv),
            section.optional("quit").map(Value::argv));
    section.end();
    return node;
  }

  private static Optional<String> path(Section section, String key) {
    return section
        .optional(key)
        .map(value -> value.parsed(TextParser.ABSOLUTE_PATH, Path.of("/")))
        .map(Object::toString);
  }

  private static URI url(Value value) {
    return value.parsed(TextParser.URL, NOWHERE);
  }

  private static Map<String, Secret> environment(Section section) {
    return section
        .optional("environment")
        .map(value -> Words.mapped(value.entries(), KongBinder::setting))
        .orElse(Map.of());
  }

  /// Values whose names say that they are secret must be references; Kong's `…_CERT_KEY` name
  /// files.
  private static Secret setting(String name, Value value) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      value.problem("the name `" + name + "`", "the name of an environment variable");
    }
    boolean secret = SECRET_NAME.matcher(name).matches() && !FILE_NAME.matcher(name).matches();
    return secret ? value.reference() : value.secret();
  }
}
