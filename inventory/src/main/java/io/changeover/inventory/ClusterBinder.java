package io.changeover.inventory;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/// Binds a document to clusters.
final class ClusterBinder {

  private static final TextParser<Procedure> PROCEDURE =
      TextParser.oneOf(Words.of(Procedure.values(), Procedure::word));
  private static final TextParser<Topology> TOPOLOGY =
      TextParser.oneOf(Words.of(Topology.values(), Topology::word));
  private static final Map<String, String> SSL_MODES =
      Words.of(
          new String[] {"disable", "prefer", "require", "verify-ca", "verify-full"}, word -> word);
  private static final Set<String> SECRET_HEADERS =
      Set.of("authorization", "proxy-authorization", "cookie", "apikey", "x-api-key");

  private final Problems problems;

  ClusterBinder(Problems problems) {
    this.problems = problems;
  }

  List<Cluster> bind(Node document) {
    Section root = new Value(document, Where.ROOT, problems).section();
    List<Cluster> clusters =
        root.required("clusters").list().stream().map(Value::section).map(this::cluster).toList();
    root.end();
    return clusters;
  }

  private Cluster cluster(Section section) {
    String name = section.required("name").parsed(TextParser.NAME, "");
    Topology topology =
        section
            .optional("topology")
            .map(value -> value.parsed(TOPOLOGY, Topology.TRADITIONAL))
            .orElse(Topology.TRADITIONAL);
    Datastore datastore = datastore(section, topology);
    Procedure usual = usual(datastore);
    Procedure procedure =
        section.optional("procedure").map(value -> value.parsed(PROCEDURE, usual)).orElse(usual);
    String serving =
        section.optional("serving").map(value -> value.parsed(TextParser.VERSION, "")).orElse("");
    Cluster cluster =
        new Cluster(
            name,
            topology,
            procedure,
            serving,
            datastore,
            KongBinder.versions(section.required("kong")),
            section.optional("probe").map(Value::section).map(ClusterBinder::probe),
            RouterBinder.router(section.required("router").section()),
            section.optional("fence").map(value -> fence(value.section(), serving)),
            PolicyBinder.policy(section.optional("upgrade"), PhaseNames.of(topology, datastore)),
            section.source());
    section.end();
    ClusterRules.check(cluster, section);
    return cluster;
  }

  /// The procedure that the datastore asks for, whatever the file says.
  static Procedure usual(Datastore datastore) {
    return switch (datastore) {
      case PostgresDatastore _ -> Procedure.SHARED_DATASTORE;
      case CassandraDatastore cassandra ->
          cassandra.sameKeyspace() ? Procedure.SHARED_DATASTORE : Procedure.KEYSPACE_COPY;
      case NoDatastore _ -> Procedure.DB_LESS;
    };
  }

  private static Datastore datastore(Section section, Topology topology) {
    if (topology != Topology.DB_LESS) {
      return datastore(section.required("datastore").section());
    }
    section
        .optional("datastore")
        .ifPresent(
            value -> value.problem("a datastore of a db-less cluster", "no `datastore` at all"));
    return new NoDatastore();
  }

  private static Datastore datastore(Section section) {
    Optional<Datastore> postgres =
        section.optional("postgres").map(Value::section).map(ClusterBinder::postgres);
    Optional<Datastore> cassandra =
        section.optional("cassandra").map(Value::section).map(CassandraBinder::datastore);
    if (postgres.isPresent() == cassandra.isPresent()) {
      String found = postgres.isPresent() ? "both `postgres` and `cassandra`" : "neither of them";
      section.problem("postgres", found, "either `postgres` or `cassandra`");
    }
    section.end();
    return postgres.or(() -> cassandra).orElseGet(() -> PLACEHOLDER);
  }

  private static final Datastore PLACEHOLDER =
      new PostgresDatastore("", 1, "", "", "", Secret.EMPTY, "prefer");

  private static Datastore postgres(Section section) {
    Datastore postgres =
        new PostgresDatastore(
            section.required("host").text(),
            section.optional("port").map(value -> value.integer(1, 65535)).orElse(5432),
            section.required("database").text(),
            section.optional("schema").map(Value::text).orElse("public"),
            section.required("user").text(),
            section.optional("password").map(Value::reference).orElse(Secret.EMPTY),
            section
                .optional("sslMode")
                .map(value -> value.parsed(TextParser.oneOf(SSL_MODES), "prefer"))
                .orElse("prefer"));
    section.end();
    return postgres;
  }

  private static Probe probe(Section section) {
    Probe probe =
        new Probe(
            section
                .optional("path")
                .map(value -> value.parsed(TextParser.URL_PATH, "/"))
                .orElse("/"),
            section.optional("host").map(Value::text),
            section.optional("headers").map(ClusterBinder::headers).orElse(Map.of()),
            section.optional("expect").map(value -> value.integer(100, 599)).orElse(200));
    section.end();
    return probe;
  }

  private static Map<String, Secret> headers(Value value) {
    return Words.mapped(
        value.entries(),
        (name, header) ->
            SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT))
                ? header.reference()
                : header.secret());
  }

  /// One role is that of the version that serves; the path of several hops has one a version.
  private static Fence fence(Section section, String serving) {
    Optional<Map<String, String>> one =
        section.optional("blueRole").map(value -> Map.of(serving, value.text()));
    Optional<Map<String, String>> each =
        section
            .optional("blueRoles")
            .map(value -> Words.mapped(value.entries(), (_, role) -> role.text()));
    if (one.isPresent() == each.isPresent()) {
      section.problem(
          "blueRole",
          one.isPresent() ? "both `blueRole` and `blueRoles`" : "neither of them",
          "`blueRole`, of the version that serves, or `blueRoles`, by version");
    }
    Fence fence =
        new Fence(
            each.or(() -> one).orElse(Map.of()),
            section.optional("user").map(Value::text),
            section.optional("password").map(Value::reference).orElse(Secret.EMPTY));
    section.end();
    return fence;
  }
}
