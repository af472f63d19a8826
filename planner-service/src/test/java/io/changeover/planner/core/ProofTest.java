package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProofTest {
  private static final Run RUN = run(draft -> draft);
  private static final Run COPY = run(draft -> draft.copying(Way.COPY));
  private static final Run DUMP = run(draft -> draft.copying(Way.DUMP));

  private static Run run(UnaryOperator<Inventories.Draft> change) {
    return ((UpgradeState.Queued) Journey.queued(change).state()).run();
  }

  @ParameterizedTest(name = "{0} needs {1}: {2} is not enough")
  @CsvSource({
    "preflight, schema.state, unknown",
    "preflight, schema.state, needs-bootstrap",
    "preflight, schema.state,",
    "preflight-router, weight.blue, ?",
    "preflight-router, weight.green, 101",
    "preflight-router, weight.green,",
    "backup, backup.sha256, ' '",
    "backup, backup.rows, many",
    "backup, backup.rows, -1",
    "fence-admin, admin.open, green",
    "fence-admin, admin.open,",
    "migrate-up, schema.before,",
    "migrate-up, schema.after, new",
    "migrate-up, schema.after,",
    "start-green, nodes.running, 0",
    "start-green, nodes.healthy, 1",
    "start-green, nodes.healthy,",
    "shift-25, weight.green, 24",
    "shift-25, weight.blue, 76",
    "shift-25, share.green, ' '",
    "shift-25, requests.green,",
    "shift-25, requests.blue, 1.5",
    "shift-100, weight.blue, 1",
    "shift-100, share.green, 0.98",
    "soak, share.green, 0.98",
    "soak, share.green, ?",
    "soak, weight.green, 99",
    "drain-blue, sessions.blue,",
    "drain-blue, sessions.blue, 1234567890123456789",
    "stop-blue, nodes.running, 1",
    "stop-blue, fence.role, granted",
    "stop-blue, fence.role,",
    "migrate-finish, schema.after, pending",
    "open-admin, admin.open, blue",
    "verify, schema.state, pending",
    "verify, nodes.healthy, 0",
    "verify, nodes.healthy, x",
    "rollback-start-blue, nodes.healthy, 1",
    "rollback-traffic, weight.green, 5",
    "rollback-stop-green, nodes.running, 1",
    "rollback-open-admin, admin.open, green",
    "rollback-verify, nodes.healthy, 0",
    "freeze-admin, admin.open, blue",
    "freeze-admin, admin.frozen, green",
    "freeze-admin, admin.frozen,",
    "bootstrap, schema.before,",
    "bootstrap, schema.after, pending",
    "bootstrap, keyspace.rows, 1",
    "bootstrap, keyspace.rows,",
    "copy, copy.rows,",
    "copy, copy.tables, some",
    "copy, digest.config, 12ab",
    "copy, digest.config,",
    "export, dump.sha256, ab12",
    "transfer, dump.sha256,",
    "import, copy.rows,",
    "import, copy.tables,",
    "import, digest.config,",
    "compare, compare.equal, false",
    "compare, compare.equal,",
    "compare, compare.coverage, 0.999999999",
    "compare, compare.coverage, whole",
    "compare, compare.coverage,",
    "compare, digest.config,",
    "cut, delta.rows,",
    "cut, delta.passes, 0",
    "cut, digest.config,"
  })
  void a_phase_needs_its_facts(String name, String fact, String value) {
    Phase phase = phase(name);
    SortedMap<String, String> facts = Evidences.of(phase);
    assertThat(lacks(phase, facts)).isEmpty();
    if (value == null) {
      facts.remove(fact);
    } else {
      facts.put(fact, value);
    }
    assertThat(lacks(phase, facts).orElseThrow())
        .contains(fact, value == null ? "(absent)" : "(got '" + value + "')");
  }

  @ParameterizedTest(name = "{0} takes {1} = {2}")
  @CsvSource({
    "preflight, schema.state, executed",
    "preflight, schema.state, pending",
    "preflight, schema.state, pending-and-new",
    "preflight-router, weight.blue, 66.67",
    "migrate-up, schema.after, executed",
    "drain-blue, sessions.blue, 3",
    "stop-blue, fence.role, revoked",
    "shift-100, share.green, 0.99",
    "soak, share.green, 0.995",
    "shift-25, requests.blue, 123456789012345678",
    "compare, compare.coverage, 1.000",
    "copy, digest.tables, ''",
    "cut, delta.rows, 0"
  })
  void other_values_prove_it_too(String name, String fact, String value) {
    Phase phase = phase(name);
    SortedMap<String, String> facts = Evidences.of(phase);
    facts.put(fact, value);
    assertThat(lacks(phase, facts)).isEmpty();
  }

  @Test
  void a_soak_without_any_request_has_no_share_to_show() {
    Phase soak = phase("soak");
    SortedMap<String, String> facts = Evidences.of(soak);
    facts.put("requests.green", "0");
    facts.put("requests.blue", "0");
    facts.put("share.green", "0");
    assertThat(lacks(soak, facts)).isEmpty();
    facts.put("requests.blue", "1");
    assertThat(lacks(soak, facts)).isPresent();
    facts.put("requests.blue", "0");
    facts.put("requests.green", "1");
    assertThat(lacks(soak, facts)).isPresent();
  }

  @Test
  void everything_that_lacks_is_named_at_once() {
    assertThat(lacks(phase("backup"), new TreeMap<>()).orElseThrow())
        .isEqualTo("backup.sha256 present (absent); backup.rows a whole number (absent)");
  }

  @Test
  void a_runbook_that_stops_blue_need_not_know_the_role() {
    Phase stop = phase("stop-blue").by("decommission");
    SortedMap<String, String> facts = Evidences.of(stop);
    facts.remove("fence.role");
    assertThat(lacks(stop, facts)).isEmpty();
    facts.put("nodes.running", "1");
    assertThat(lacks(stop, facts)).isPresent();
  }

  @Test
  void a_hook_proves_nothing() {
    assertThat(lacks(Phase.of(Action.RUNBOOK, Action.RUNBOOK.deadline()), new TreeMap<>()))
        .isEmpty();
    assertThat(Proof.of(new Procedure.Shared(), phase("stop-blue")))
        .containsExactly("nodes.running = 0", "fence.role one of none, revoked");
  }

  @Test
  void weights_are_read_as_percent() {
    SortedMap<String, String> facts = new TreeMap<>();
    assertThat(Proof.percent(facts, "weight.green")).isZero();
    facts.put("weight.green", "33.6");
    assertThat(Proof.percent(facts, "weight.green")).isEqualTo(34);
  }

  private static Phase phase(String name) {
    return java.util.stream.Stream.of(RUN, COPY, DUMP)
        .map(Run::current)
        .flatMap(
            hop -> java.util.stream.Stream.concat(hop.steps().stream(), hop.rollback().stream()))
        .filter(step -> step.name().equals(name))
        .map(Phase.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /// Of a hop on a shared datastore.
  private static Optional<String> lacks(Phase phase, Map<String, String> facts) {
    return Proof.lacks(new Procedure.Shared(), Seen.NONE, phase, facts);
  }
}
