package io.changeover.sandbox.kong;

import static io.changeover.sandbox.kong.Field.flag;
import static io.changeover.sandbox.kong.Field.integer;
import static io.changeover.sandbox.kong.Field.text;
import static io.changeover.sandbox.kong.Field.texts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The configuration of the plugins the stand-in's nodes run, and of a few it only stores. Of other
/// bundled plugins any configuration is taken.
final class PluginSchemas {
  private static final List<String> PERIODS =
      List.of("second", "minute", "hour", "day", "month", "year");

  private PluginSchemas() {}

  /// The configuration with the plugin's defaults under it.
  static Map<String, @Nullable Object> complete(
      Profile profile, String plugin, @Nullable Object config) {
    Map<String, @Nullable Object> whole = new LinkedHashMap<>();
    for (Field field : fields(profile, plugin)) {
      String initial = field.initial();
      whole.put(field.name(), initial == null ? null : Json.read(initial));
    }
    if (config instanceof Map<?, ?> given) {
      given.forEach((name, value) -> whole.put(String.valueOf(name), value));
    }
    return whole;
  }

  /// What is wrong with a configuration, under `config` and `@entity`.
  static Map<String, Object> violations(Profile profile, String plugin, @Nullable Object config) {
    Map<String, Object> wrong = new LinkedHashMap<>();
    List<Field> fields = fields(profile, plugin);
    if (!(config instanceof Map<?, ?> given) || fields.isEmpty()) {
      return wrong;
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    given.forEach((name, value) -> named.put(String.valueOf(name), value));
    Map<String, Object> inside = Validation.of(fields, named);
    if (!inside.isEmpty()) {
      wrong.put("config", inside);
    }
    if (plugin.equals("rate-limiting") && PERIODS.stream().allMatch(p -> named.get(p) == null)) {
      List<String> quoted = PERIODS.stream().map(p -> "'config." + p + "'").toList();
      wrong.put(
          "@entity",
          List.of("at least one of these fields must be non-empty: " + String.join(", ", quoted)));
    }
    return wrong;
  }

  /// The configuration without what this version does not know, as a row leaves the database.
  static Map<String, @Nullable Object> known(
      Profile profile, String plugin, Map<String, @Nullable Object> config) {
    List<String> names = fields(profile, plugin).stream().map(Field::name).toList();
    Map<String, @Nullable Object> known = new LinkedHashMap<>(config);
    if (!names.isEmpty()) {
      known.keySet().retainAll(names);
    }
    return known;
  }

  private static List<Field> fields(Profile profile, String plugin) {
    return switch (plugin) {
      case "key-auth" ->
          List.of(
              texts("key_names").initially("[\"apikey\"]"),
              flag("hide_credentials").initially("false"),
              text("anonymous"),
              flag("key_in_body").initially("false"),
              flag("run_on_preflight").initially("true"));
      case "rate-limiting" -> rateLimiting(profile);
      case "request-termination" ->
          List.of(
              integer("status_code").initially("503").between(100, 599),
              text("message"),
              text("content_type"),
              text("body"));
      case "ip-restriction", "bot-detection" -> lists(profile);
      case "acl" ->
          Stream.concat(
                  lists(profile).stream(), Stream.of(flag("hide_groups_header").initially("false")))
              .toList();
      case "basic-auth" -> List.of(text("anonymous"), flag("hide_credentials").initially("false"));
      case "correlation-id" ->
          List.of(
              text("header_name").initially("\"Kong-Request-ID\""),
              text("generator")
                  .initially("\"uuid#counter\"")
                  .among("uuid", "uuid#counter", "tracker"),
              flag("echo_downstream").initially("false"));
      case "grpc-web" ->
          profile.routeBuffering()
              ? List.of(text("proto"), flag("pass_stripped_path"))
              : List.of(text("proto"));
      default -> List.of();
    };
  }

  private static List<Field> lists(Profile profile) {
    return profile.workspaces()
        ? List.of(texts("allow"), texts("deny"))
        : List.of(texts("whitelist"), texts("blacklist"));
  }

  private static List<Field> rateLimiting(Profile profile) {
    List<Field> fields = new ArrayList<>();
    PERIODS.forEach(period -> fields.add(Field.of(period, Field.Type.NUMBER)));
    fields.add(
        text("limit_by")
            .initially("\"consumer\"")
            .among(
                profile.routeBuffering()
                    ? new String[] {"consumer", "credential", "ip", "service", "header", "path"}
                    : new String[] {"consumer", "credential", "ip", "service", "header"}));
    fields.add(text("header_name"));
    if (profile.routeBuffering()) {
      fields.add(text("path"));
    }
    fields.add(text("policy").initially("\"cluster\"").among("local", "cluster", "redis"));
    fields.add(flag("fault_tolerant").initially("true"));
    fields.add(text("redis_host"));
    fields.add(integer("redis_port").initially("6379").between(0, 65535));
    fields.add(text("redis_password"));
    fields.add(Field.of("redis_timeout", Field.Type.NUMBER).initially("2000"));
    fields.add(integer("redis_database").initially("0"));
    fields.add(flag("hide_client_headers").initially("false"));
    return List.copyOf(fields);
  }
}
