package io.changeover.migrator.preflight;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
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
    TreeMap<String, List<Member>> versions = new TreeMap<>();
    List<Member> silent = new ArrayList<>();
    for (Member member : ring.members()) {
      member
          .schemaVersion()
          .ifPresentOrElse(
              version -> versions.computeIfAbsent(version, _ -> new ArrayList<>()).add(member),
              () -> silent.add(member));
    }
    String evidence =
        versions.entrySet().stream()
            .map(version -> version.getKey() + ": " + addresses(version.getValue()))
            .collect(
                Collectors.joining("; ", "schema_version in system.local and system.peers: ", ""));
    if (versions.size() > 1) {
      findings.blocker(
          "cassandra.schema-disagreement",
          "the nodes do not agree on their schema",
          evidence,
          "wait, restart the nodes that are behind, or start those that are down: Kong's migrations would time out");
    }
    if (!silent.isEmpty()) {
      findings.blocker(
          "cassandra.schema-unknown",
          "some nodes do not say which schema they have: " + addresses(silent),
          evidence,
          "see whether they are up, or remove what has left the ring");
    }
    if (versions.size() == 1 && silent.isEmpty()) {
      findings.fact("cassandra.schema-agreement", "all nodes have the same schema", evidence);
    }
  }

  /// Kong waits after each change of the schema until every row of `system.peers` has it, those of
  /// nodes that are down included, and gives up after `--db-timeout`.
  private static void reached(Ring ring, Findings findings) {
    List<Member> down = ring.members().stream().filter(Member::isDown).toList();
    List<Member> untried =
        ring.members().stream().filter(member -> member.reached() == Reached.UNTRIED).toList();
    List<Member> unknown = untried.stream().filter(ring::isLocal).toList();
    List<Member> elsewhere = untried.stream().filter(member -> !ring.isLocal(member)).toList();
    if (!down.isEmpty()) {
      findings.blocker(
          "cassandra.node-down",
          "nodes of the cluster are down",
          addresses(down),
          "start them, or remove from the ring what will not come back (nodetool removenode): Kong waits until every node has the new schema, and gives up");
    }
    if (!unknown.isEmpty()) {
      findings.blocker(
          "cassandra.node-unknown",
          "whether nodes of the cluster are up is not known",
          addresses(unknown),
          "see that they are up and can be reached from here at the port of clients");
    }
    if (!elsewhere.isEmpty()) {
      findings.warning(
          "cassandra.node-unseen",
          "nodes of other data centres were not looked at",
          addresses(elsewhere),
          "see that they are up (nodetool status)");
    }
    if (ring.members().stream().allMatch(member -> member.reached() == Reached.YES)) {
      findings.fact("cassandra.nodes", ring.members().size() + " nodes are up", releases(ring));
    }
  }

  private static String addresses(List<Member> members) {
    return members.stream()
        .map(
            member ->
                "%s (%s%s)"
                    .formatted(
                        member.address(), member.datacenter(), member.isDown() ? ", down" : ""))
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
    } catch (UnavailableException | QueryConsistencyException | AllNodesFailedException e) {
      // The last one where no other node is left to be asked: this session has read before.
      findings.blocker(
          "cassandra.consistency",
          word + " is out of reach",
          Optional.ofNullable(e.getMessage()).orElse("unavailable"),
          "start the nodes that are missing, or ask for less in the inventory");
    }
  }
}
