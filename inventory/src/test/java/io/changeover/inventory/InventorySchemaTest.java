package io.changeover.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;

/// Holds the published schema to the binder.
class InventorySchemaTest {

  private static final String SCHEMA = readSchema();

  private static String readSchema() {
    try (InputStream in =
        Objects.requireNonNull(Inventory.class.getResourceAsStream("inventory.schema.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void knows_the_keys_that_the_binder_knows_and_no_others() throws Exception {
    assertThat(schemaKeys()).isEqualTo(binderKeys());
  }

  /// What the binder asks for when it reads a document in which every mapping occurs.
  private static Set<String> binderKeys() throws IOException {
    Set<String> keys = new TreeSet<>();
    for (String file :
        List.of(
            "everything-postgres.yaml",
            "everything-cassandra.yaml",
            "everything-topologies.yaml")) {
      Problems problems = new Problems(Path.of(file));
      Node document =
          new Yaml().compose(Files.newBufferedReader(Path.of("src/test/resources", file)));
      new ClusterBinder(problems).bind(document);
      assertThat(problems.errors()).isEmpty();
      keys.addAll(problems.keys());
    }
    return keys;
  }

  private static Set<String> schemaKeys() throws IOException {
    JsonNode root = new ObjectMapper().readTree(SCHEMA);
    Set<String> keys = new TreeSet<>();
    collect(root, root, "", keys);
    return keys;
  }

  private static void collect(JsonNode root, JsonNode schema, String at, Set<String> keys) {
    if (schema.has("$ref")) {
      collect(root, root.at(schema.get("$ref").asText().substring(1)), at, keys);
    }
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              String path = at.isEmpty() ? property.getKey() : at + "." + property.getKey();
              keys.add(path);
              collect(root, property.getValue(), path, keys);
            });
    if (schema.path("additionalProperties").isObject()) {
      collect(root, schema.get("additionalProperties"), at + ".*", keys);
    }
    if (schema.has("items")) {
      collect(root, schema.get("items"), at + "[]", keys);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../examples/inventory/payments-eu.yaml",
        "../examples/inventory/shop-docker.yaml",
        "../examples/inventory/fleet-runbooks.yaml",
        "../examples/inventory/orders-cassandra.yaml",
        "../examples/inventory/hybrid.yaml",
        "../examples/inventory/db-less.yaml",
        "../examples/inventory/fresh.yaml",
        "../examples/inventory/plugin.yaml",
        "src/test/resources/everything-topologies.yaml",
        "src/test/resources/everything-postgres.yaml",
        "src/test/resources/everything-cassandra.yaml"
      })
  void takes_what_the_binder_takes(String file) throws Exception {
    assertThat(validate(Files.readString(Path.of(file)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nodes: []",
        "nodes: [{name: a b, admin: \"http://a\", proxy: \"http://a\"}]",
        "environment: {KONG_PG_PASSWORD: hunter2}, nodes: [{name: a, admin: \"http://a\", proxy: \"http://a\"}]",
        "command: kong, nodes: [{name: a, admin: \"http://a\", proxy: \"http://a\"}]",
        "comand: [kong], nodes: [{name: a, admin: \"http://a\", proxy: \"http://a\"}]",
        "conf: kong.conf, nodes: [{name: a, admin: \"http://a\", proxy: \"http://a\"}]"
      })
  void refuses_what_the_binder_refuses(String version, @org.junit.jupiter.api.io.TempDir Path dir) {
    String text =
        Folder.SMALL.replaceFirst(
            "(?s)      \"2.1.4\":\n.*?\n",
            "      \"2.1.4\": {" + java.util.regex.Matcher.quoteReplacement(version) + "}\n");
    assertThat(new Folder(dir).with("a.yaml", text).errors()).isNotEmpty();
    assertThat(validate(text)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.1.4+a", "2.1.4-b+a.b-c", "2.1.4+", "2.1.4+a b", "2.1.4+a+b"})
  void takes_and_refuses_labels_of_versions_as_the_binder_does(
      String version, @org.junit.jupiter.api.io.TempDir Path dir) {
    String text = Folder.SMALL.replace("2.1.4", version);
    assertThat(validate(text).isEmpty())
        .isEqualTo(new Folder(dir).with("a.yaml", text).errors().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", sameKeyspace: false",
        ", sameKeyspace: true, green: {keyspace: k}",
        ", green: {}",
        ", green: {keyspace: a b}",
        ", green: {keyspace: k}, tls: 1",
        ", green: {keyspace: k}, copy: {way: dump}",
        ", green: {keyspace: k}, copy: {export: kong}",
        ", green: {keyspace: k}, copy: {way: kong-yml, export: deck}",
        ", green: {keyspace: k}, copy: {inFlight: 0}",
        ", green: {keyspace: k}, copy: {include: [logs]}"
      })
  void refuses_what_the_binder_refuses_of_cassandra(
      String rest, @org.junit.jupiter.api.io.TempDir Path dir) {
    String text = cassandra(rest);
    assertThat(new Folder(dir).with("a.yaml", text).errors()).isNotEmpty();
    assertThat(validate(text)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ", sameKeyspace: true",
        ", green: {keyspace: k}",
        ", green: {keyspace: k}, sameKeyspace: false, user: \"\", password: \"\"",
        ", green: {keyspace: k}, copy: {way: dump, key: \"${env:K}\"}",
        ", green: {keyspace: k}, copy: {way: dump, key: \"${env:K}\", export: changeover}",
        ", green: {keyspace: k}, copy: {way: kong-yml, export: kong}"
      })
  void takes_what_the_binder_takes_of_cassandra(
      String rest, @org.junit.jupiter.api.io.TempDir Path dir) {
    String text = cassandra(rest);
    assertThat(new Folder(dir).with("a.yaml", text).errors()).isEmpty();
    assertThat(validate(text)).isEmpty();
  }

  private static String cassandra(String rest) {
    return Folder.SMALL.replace(
        "postgres: {host: db, database: kong, user: kong}",
        "cassandra: {contactPoints: [a], localDatacenter: b" + rest + "}");
  }

  private static List<Error> validate(String yaml) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SCHEMA, InputFormat.JSON);
    return schema.validate(yaml, InputFormat.YAML);
  }
}
