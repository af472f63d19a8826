package io.changeover.migrator.preflight;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.QueryConsistencyException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import io.changeover.inventory.CassandraStore;
import io.changeover.migrator.act.Keyspaces;
import io.changeover.migrator.act.RingProbe;
import io.changeover.migrator.observe.Ring;
import io.changeover.migrator.observe.Ring.Member;
import io.changeover.migrator.observe.Ring.Reached;
import io.changeover.migrator.report.Findings;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Is the cluster one that can take a schema change now? All nodes up and of one version that Kong
/// takes, all of the same schema, and the consistency that is asked for in reach.
///
/// @param store whose keyspace is read as the proof of consistency
record RingChecks(CassandraStore store) implements CqlCheck {

  @Override
  public String name() {
    return "nodes, versions and schema agreement";
  }

  @Override
  public void look(CqlSession session, Findings findings) {
    judge(RingProbe.ring(session), findings);
    consistency(session, findings);
  }

  /// Pure.
  static void judge(Ring ring, Findings findings) {
    agreement(ring, findings);
    reached(ring, findings);
    versions(ring, findings);
  }

  private static void agreement(Ring ring, Findings findings) {
    TreeSet<String> versions = new TreeSet<>();
    ring.members().forEach(member -> member.schemaVersion().ifPresent(versions::add));
    List<String> silent =
        ring.members().stream()
            .filter(member -> member.schemaVersion().isEmpty())
            .map(Member::address)
            .toList();
    String evidence = "schema_version of system.local and system.peers: " + versions;
    if (versions.size() > 1) {
      findings.blocker(
          "cassandra.schema-disagreement",
          "the nodes do not agree on their schema",
          evidence,
          "wait, or restart the nodes that are behind: Kong's migrations would time out");
    } else if (!silent.isEmpty()) {
      findings.blocker(
          "cassandra.schema-unknown",
          "some nodes do not say which schema they have: " + String.join(", ", silent),
          evidence,
          "see whether they are up, or remove what has left the ring");
    } else {
      findings.fact("cassandra.schema-agreement", "all nodes have the same schema", evidence);
    }
  }

  private static void reached(Ring ring, Findings findings) {
    String down = addresses(ring, Reached.NO);
    String untried = addresses(ring, Reached.UNTRIED);
    if (!down.isEmpty()) {
      findings.blocker(
          "cassandra.node-down",
          "nodes of the cluster are down",
          down,
          "start them: a schema change must reach every node");
    }
    if (!untried.isEmpty()) {
      findings.warning(
          "cassandra.node-unseen",
          "nodes of other data centres were not looked at",
          untried,
          "see that they are up (nodetool status)");
    }
    if (down.isEmpty() && untried.isEmpty()) {
      findings.fact("cassandra.nodes", ring.members().size() + " nodes are up", releases(ring));
    }
  }

  private static String addresses(Ring ring, Reached reached) {
    return ring.members().stream()
        .filter(member -> member.reached() == reached)
        .map(member -> member.address() + " (" + member.datacenter() + ")")
        .collect(Collectors.joining(", "));
  }

  private static String releases(Ring ring) {
    return ring.members().stream()
        .map(member -> member.address() + " " + member.release())
        .collect(Collectors.joining(", "));
  }

  private static void versions(Ring ring, Findings findings) {
    TreeSet<Integer> majors = new TreeSet<>();
    ring.members().forEach(member -> majors.add(member.major()));
    if (majors.size() > 1) {
      findings.blocker(
          "cassandra.mixed-versions",
          "the nodes are of different major versions: Kong refuses to run on them",
          releases(ring),
          "bring them to one version");
    } else {
      ServerVersion.cassandra(majors.first(), minor(ring), releases(ring), findings);
    }
  }

  private static int minor(Ring ring) {
    return ring.members().stream().mapToInt(Member::minor).min().orElse(0);
  }

  /// One row read at the consistency that everything else will ask for.
  private void consistency(CqlSession session, Findings findings) {
    String word = store.consistency().word();
    String keyspace = store.keyspace();
    if (RingProbe.catalogue(session, keyspace).columns("schema_meta").isEmpty()) {
      return;
    }
    try {
      var _ =
          session
              .execute(
                  SimpleStatement.newInstance(
                      "SELECT subsystem FROM "
                          + Keyspaces.quoted(keyspace)
                          + ".schema_meta WHERE key = 'schema_meta'"))
              .all();
      findings.fact(
          "cassandra.consistency", word + " is in reach", "schema_meta of " + keyspace + " read");
    } catch (UnavailableException | QueryConsistencyException e) {
      findings.blocker(
          "cassandra.consistency",
          word + " is out of reach",
          Optional.ofNullable(e.getMessage()).orElse("unavailable"),
          "start the nodes that are missing, or ask for less in the inventory");
    }
  }
}
