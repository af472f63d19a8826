package io.changeover.inventory;

import io.changeover.inventory.CopyPolicy.Export;
import io.changeover.inventory.CopyPolicy.Family;
import io.changeover.inventory.CopyPolicy.Way;
import io.changeover.inventory.CopyPolicy.WeightZero;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Binds a Cassandra datastore: blue's keyspace, green's, and how one gets into the other.
final class CassandraBinder {

  private static final int MANY = 1_000_000_000;
  private static final TextParser<Consistency> CONSISTENCY =
      TextParser.oneOf(Words.of(Consistency.values(), Consistency::word));
  private static final TextParser<Way> WAY = TextParser.oneOf(Words.of(Way.values(), Way::word));
  private static final TextParser<Export> EXPORT =
      TextParser.oneOf(Words.of(Export.values(), Export::word));
  private static final TextParser<Family> FAMILY =
      TextParser.oneOf(Words.of(Family.values(), Family::word));
  private static final TextParser<WeightZero> WEIGHT_ZERO =
      TextParser.oneOf(Words.of(WeightZero.values(), WeightZero::word));

  private CassandraBinder() {}

  static Datastore datastore(Section section) {
    CassandraStore blue = blue(section);
    Optional<CassandraStore> green =
        section.optional("green").map(Value::section).map(own -> green(own, blue));
    boolean same = section.optional("sameKeyspace").map(Value::bool).orElse(false);
    CopyPolicy copy =
        section
            .optional("copy")
            .map(Value::section)
            .map(CassandraBinder::copy)
            .orElse(CopyPolicy.USUAL);
    section.end();
    if (same && green.isPresent()) {
      section.problem("green", "it stands beside `sameKeyspace: true`", "only one of them");
    }
    if (!same && green.isEmpty()) {
      section.problem("green", "it is missing", "`green: {keyspace: …}`, or `sameKeyspace: true`");
    }
    return new CassandraDatastore(blue, green, same, copy);
  }

  private static CassandraStore blue(Section section) {
    return new CassandraStore(
        points(section.required("contactPoints")),
        port(section).orElse(9042),
        section.required("localDatacenter").text(),
        section
            .optional("keyspace")
            .map(value -> value.parsed(TextParser.KEYSPACE, "kong"))
            .orElse("kong"),
        section.optional("user").map(Value::plain).orElse(""),
        section.optional("password").map(Value::reference).orElse(Secret.EMPTY),
        section.optional("tls").map(Value::bool).orElse(false),
        consistency(section).orElse(Consistency.QUORUM));
  }

  /// What the file does not say is as blue's, but for the keyspace.
  private static CassandraStore green(Section section, CassandraStore blue) {
    CassandraStore green =
        new CassandraStore(
            section
                .optional("contactPoints")
                .map(CassandraBinder::points)
                .orElse(blue.contactPoints()),
            port(section).orElse(blue.port()),
            section.optional("localDatacenter").map(Value::text).orElse(blue.localDatacenter()),
            section.required("keyspace").parsed(TextParser.KEYSPACE, ""),
            section.optional("user").map(Value::plain).orElse(blue.user()),
            section.optional("password").map(Value::reference).orElse(blue.password()),
            section.optional("tls").map(Value::bool).orElse(blue.tls()),
            consistency(section).orElse(blue.consistency()));
    section.end();
    boolean samePlace =
        Set.copyOf(green.contactPoints()).equals(Set.copyOf(blue.contactPoints()))
            && green.port() == blue.port();
    if (samePlace && green.keyspace().equals(blue.keyspace())) {
      section.problem(
          "keyspace",
          "`" + green.keyspace() + "` is blue's",
          "another keyspace, or other contact points");
    }
    return green;
  }

  private static List<String> points(Value value) {
    List<String> points = value.list().stream().map(Value::text).toList();
    if (points.isEmpty()) {
      value.problem("no contact point", "at least one host name or address");
    }
    return points;
  }

  private static Optional<Integer> port(Section section) {
    return section.optional("port").map(value -> value.integer(1, 65535));
  }

  private static Optional<Consistency> consistency(Section section) {
    return section
        .optional("consistency")
        .map(value -> value.parsed(CONSISTENCY, Consistency.QUORUM));
  }

  private static CopyPolicy copy(Section section) {
    CopyPolicy usual = CopyPolicy.USUAL;
    Path folder = path(section, "folder").orElse(usual.folder());
    CopyPolicy copy =
        new CopyPolicy(
            section.optional("way").map(value -> value.parsed(WAY, Way.COPY)).orElse(usual.way()),
            section
                .optional("export")
                .map(value -> value.parsed(EXPORT, Export.CHANGEOVER))
                .orElse(usual.export()),
            section.optional("leave").map(CassandraBinder::tables).orElse(usual.leave()),
            section.optional("include").map(CassandraBinder::families).orElse(usual.include()),
            section
                .optional("weightZeroTargets")
                .map(value -> value.parsed(WEIGHT_ZERO, WeightZero.KEEP))
                .orElse(usual.weightZeroTargets()),
            section.optional("expiring").map(Value::duration).orElse(usual.expiring()),
            number(section, "inFlight", 1, 65_536, usual.inFlight()),
            number(section, "ranges", 1, 1_024, usual.ranges()),
            number(section, "readRate", 0, MANY, usual.readRate()),
            number(section, "writeRate", 0, MANY, usual.writeRate()),
            folder,
            path(section, "artifacts").orElse(folder.resolve("artifacts")),
            section.optional("key").map(Value::reference).orElse(usual.key()));
    section.end();
    if (copy.way() == Way.DUMP && copy.key().equals(Secret.EMPTY)) {
      section.problem(
          "key",
          "none for `way: dump`, whose files hold credentials",
          "a reference to 32 bytes in base64");
    }
    if (copy.export() == Export.KONG && copy.way() != Way.KONG_YML) {
      section.problem("export", "`kong` without `way: kong-yml`", "both, or none of them");
    }
    return copy;
  }

  private static List<String> tables(Value value) {
    return value.list().stream().map(item -> item.parsed(TextParser.TABLE, "")).toList();
  }

  private static Set<Family> families(Value value) {
    return value.list().stream()
        .map(item -> item.parsed(FAMILY, Family.VITALS))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static int number(Section section, String key, int least, int most, int usual) {
    return section.optional(key).map(value -> value.integer(least, most)).orElse(usual);
  }

  private static Optional<Path> path(Section section, String key) {
    return section.optional(key).map(value -> value.parsed(TextParser.ABSOLUTE_PATH, Path.of("/")));
  }
}
