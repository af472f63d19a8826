package io.changeover.migrator.preflight;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.changeover.migrator.act.KeyspaceTargets;
import io.changeover.migrator.act.Keyspaces;
import io.changeover.migrator.act.RingProbe;
import io.changeover.migrator.observe.Catalogue;
import io.changeover.migrator.report.Findings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the way kong-yml will lose, counted before a person is asked to accept it, and names that
/// can't be in one workspace together. Reads every table that the file carries once, twice where
/// there are several workspaces.
record LossChecks(String keyspace) implements CqlCheck {

  private static final int PAGE = 2000;

  /// Values of other workspaces that are kept to be compared with; more are left to the export.
  private static final int MOST = 500_000;

  private static final int UUID_AND_COLON = 37;

  /// Tables of the file, each with what may stand once in a workspace: columns, several joined by a
  /// comma where they count together. As in the exporter's list of entities.
  private static final Map<String, List<String>> CARRIED =
      Map.ofEntries(
          Map.entry("certificates", List.of()),
          Map.entry("ca_certificates", List.of()),
          Map.entry("consumers", List.of("username", "custom_id")),
          Map.entry("services", List.of("name")),
          Map.entry("upstreams", List.of("name")),
          Map.entry("routes", List.of("name")),
          Map.entry("snis", List.of()),
          Map.entry("targets", List.of()),
          Map.entry("plugins", List.of("name,route_id,service_id,consumer_id")),
          Map.entry("acls", List.of("consumer_id,group")),
          Map.entry("basicauth_credentials", List.of("username")),
          Map.entry("hmacauth_credentials", List.of("username")),
          Map.entry("jwt_secrets", List.of("key")),
          Map.entry("keyauth_credentials", List.of("key")),
          Map.entry("oauth2_credentials", List.of("client_id")));

  /// Tables that are no configuration, or follow from the others, or travel beside the file.
  private static final Set<String> BESIDE =
      Set.of(
          "workspaces",
          "tags",
          "schema_meta",
          "schema_migrations",
          "locks",
          "cluster_events",
          "cluster_ca",
          "clustering_data_planes",
          "ttls",
          "apis",
          "oauth2_tokens",
          "oauth2_authorization_codes",
          "sessions",
          "acme_storage");

  @Override
  public String name() {
    return "what the way kong-yml loses";
  }

  @Override
  public void look(CqlSession session, Findings findings) {
    Catalogue catalogue = RingProbe.catalogue(session, keyspace);
    Map<UUID, String> workspaces = new HashMap<>();
    if (catalogue.columns("workspaces").contains("name")) {
      for (Row row : session.execute(select("id, name", "workspaces"))) {
        workspaces.put(
            Objects.requireNonNull(row.getUuid(0)),
            Objects.requireNonNullElse(row.getString(1), ""));
      }
    }
    Optional<UUID> home =
        workspaces.entrySet().stream()
            .filter(entry -> entry.getValue().equals("default"))
            .map(Map.Entry::getKey)
            .findFirst();
    Counts counts = new Counts(session, catalogue, home, workspaces.size() > 1);
    CARRIED.keySet().stream()
        .filter(table -> !catalogue.columns(table).isEmpty())
        .forEach(counts::table);
    workspaces(Math.max(0, workspaces.size() - 1), counts, findings);
    times(counts, findings);
    targets(session, catalogue, findings);
    tables(session, catalogue, findings);
    collisions(counts, findings);
  }

  private SimpleStatement select(String columns, String table) {
    return SimpleStatement.newInstance(
            "SELECT %s FROM %s.%s"
                .formatted(columns, Keyspaces.quoted(keyspace), Keyspaces.quoted(table)))
        .setPageSize(PAGE);
  }

  private static void workspaces(int others, Counts counts, Findings findings) {
    tell(
        findings,
        "loss.workspaces",
        others,
        "%d entities of %d further workspaces will be in `default`, and the workspaces be gone"
            .formatted(counts.flattened, others),
        "workspaces=%d,flattened=%d".formatted(others, counts.flattened));
  }

  private static void times(Counts counts, Findings findings) {
    tell(
        findings,
        "loss.ttl",
        counts.ending,
        counts.ending + " credentials with a time to live will never end",
        "permanent=" + counts.ending);
  }

  private void targets(CqlSession session, Catalogue catalogue, Findings findings) {
    if (catalogue.columns("targets").contains("upstream_id")) {
      int older = KeyspaceTargets.older(session, keyspace).size();
      tell(
          findings,
          "loss.targets",
          older,
          older + " older rows of targets are left out: the import would stop at them",
          "olderTargets=" + older);
    }
  }

  private void tables(CqlSession session, Catalogue catalogue, Findings findings) {
    List<String> filled =
        catalogue.tables().keySet().stream()
            .filter(table -> !CARRIED.containsKey(table) && !BESIDE.contains(table))
            .filter(
                table ->
                    session
                            .execute(
                                SimpleStatement.newInstance(
                                    "SELECT * FROM %s.%s LIMIT 1"
                                        .formatted(
                                            Keyspaces.quoted(keyspace), Keyspaces.quoted(table))))
                            .one()
                        != null)
            .toList();
    tell(
        findings,
        "loss.tables",
        filled.size(),
        "tables that the file can't carry have rows",
        "tables=" + String.join(",", filled));
  }

  private static void tell(
      Findings findings, String code, long count, String message, String evidence) {
    if (count == 0) {
      findings.fact(code, "nothing of that kind is lost", evidence);
    } else {
      findings.warning(
          code,
          message,
          evidence,
          "accept it at the gate accept-loss, or go the way copy or dump, which lose nothing of it");
    }
  }

  private static void collisions(Counts counts, Findings findings) {
    if (!counts.collisions.isEmpty()) {
      findings.blocker(
          "loss.colliding-names",
          "entities of several workspaces have one name or key, which can't be in one workspace",
          counts.collisions.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + entry.getValue())
              .collect(Collectors.joining(",")),
          "rename them, or go the way copy or dump, which keep workspaces");
    }
    if (counts.overflow) {
      findings.warning(
          "loss.names-unchecked",
          "not all names of other workspaces were compared",
          "values kept: " + MOST,
          "nothing: the export compares them all, before anything is written");
    }
  }

  /// What the rows of all tables come to.
  private final class Counts {
    private final CqlSession session;
    private final Catalogue catalogue;
    private final Optional<UUID> home;
    private final boolean several;
    private final TreeMap<String, Long> collisions = new TreeMap<>();
    private long flattened;
    private long ending;
    private int kept;
    private boolean overflow;

    Counts(CqlSession session, Catalogue catalogue, Optional<UUID> home, boolean several) {
      this.session = session;
      this.catalogue = catalogue;
      this.home = home;
      this.several = several;
    }

    void table(String table) {
      Set<String> columns = catalogue.columns(table);
      boolean workspaced = columns.contains("ws_id");
      boolean ends = table.equals("keyauth_credentials");
      if (ends) {
        for (Row row : session.execute(select("ttl(created_at)", table))) {
          ending += row.isNull(0) ? 0 : 1;
        }
      }
      if (several && workspaced) {
        List<String> once =
            CARRIED.getOrDefault(table, List.of()).stream()
                .filter(names -> columns.containsAll(List.of(names.split(",", -1))))
                .toList();
        Map<String, Set<String>> others = new HashMap<>();
        read(table, once, false, others);
        read(table, once, true, others);
      }
    }

    /// @param ofHome whether rows of `default` are looked at, or those of all others
    private void read(
        String table, List<String> once, boolean ofHome, Map<String, Set<String>> others) {
      Set<String> names = new HashSet<>(Set.of("ws_id"));
      once.forEach(all -> names.addAll(List.of(all.split(",", -1))));
      String columns = names.stream().map(Keyspaces::quoted).collect(Collectors.joining(", "));
      for (Row row : session.execute(select(columns, table))) {
        boolean isHome = home.equals(Optional.ofNullable(row.getUuid("ws_id")));
        if (isHome == ofHome) {
          flattened += ofHome ? 0 : 1;
          once.forEach(all -> value(table, all, row, ofHome, others));
        }
      }
    }

    private void value(
        String table, String names, Row row, boolean ofHome, Map<String, Set<String>> others) {
      String value =
          List.of(names.split(",", -1)).stream()
              .map(name -> stripped(row.getObject(Keyspaces.quoted(name))))
              .collect(Collectors.joining("\u0000"));
      Set<String> known = others.computeIfAbsent(names, _ -> new HashSet<>());
      boolean collides;
      if (value.isEmpty() || (!ofHome && kept >= MOST)) {
        overflow |= !value.isEmpty();
        collides = false;
      } else if (ofHome) {
        collides = known.contains(value);
      } else {
        kept++;
        collides = !known.add(value);
      }
      if (collides) {
        collisions.merge(table + "." + names.replace(',', '+'), 1L, Long::sum);
      }
    }

    private static String stripped(@Nullable Object value) {
      String text = value == null ? "" : value.toString();
      return text.length() >= UUID_AND_COLON && text.charAt(UUID_AND_COLON - 1) == ':'
          ? text.substring(UUID_AND_COLON)
          : text;
    }
  }
}
