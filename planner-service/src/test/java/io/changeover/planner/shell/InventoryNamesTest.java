package io.changeover.planner.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Inventory;
import io.changeover.inventory.InventoryError;
import io.changeover.inventory.LoadResult;
import io.changeover.messages.ClusterView;
import io.changeover.messages.StartUpgrade;
import io.changeover.planner.core.Action;
import io.changeover.planner.core.Hop;
import io.changeover.planner.core.Phase;
import io.changeover.planner.core.Planning;
import io.changeover.planner.core.Procedure;
import io.changeover.planner.core.Request;
import io.changeover.planner.core.Step;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.journal.JournalCodec;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Procedures;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The inventory, the messages and the planner must mean the same by a phase, an action and a way.
class InventoryNamesTest {
  private static final String CASSANDRA =
      "cassandra: {contactPoints: [a], localDatacenter: b, green: {keyspace: k}, copy: {way: %s,"
          + " key: \"${env:K}\"}}";

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    "shared-datastore, ,'postgres: {host: h, database: d, user: u}'",
    "shared-datastore, same-keyspace,'cassandra: {contactPoints: [a], localDatacenter: b, sameKeyspace: true}'",
    "keyspace-copy, copy,",
    "keyspace-copy, dump,",
    "keyspace-copy, kong-yml,"
  })
  void gates_and_hooks_stand_before_the_phases_of_the_plan(
      String procedure, String way, String datastore) throws IOException {
    String store = datastore == null ? CASSANDRA.formatted(way) : datastore;
    ClusterView view = ClusterViews.of(loaded(store, "").clusters().iterator().next());
    assertThat(view.getProcedure()).isEqualTo(procedure);
    assertThat(view.getCopyWay()).isEqualTo(way);
    assertThat(named(store, "gates: [{name: a, before: lunch}]", "one of "))
        .containsExactlyElementsOf(phases(view));
  }

  @Test
  void deadlines_are_set_for_what_a_planner_can_command() throws Exception {
    List<String> words =
        Stream.of(Action.values())
            .filter(action -> action != Action.RUNBOOK)
            .map(Action::word)
            .toList();
    assertThat(named(CASSANDRA.formatted("copy"), "deadlines: {lunch: 1h}", "one of "))
        .containsExactlyInAnyOrderElementsOf(words);
    List<String> constants = new ArrayList<>();
    for (Field field : Actions.class.getFields()) {
      constants.add((String) field.get(null));
    }
    assertThat(constants).containsExactlyInAnyOrderElementsOf(words);
  }

  @Test
  void the_procedure_that_workers_know_is_the_planners() {
    assertThat(Procedures.DOWNTIME).isEqualTo(new Procedure.Downtime().word());
  }

  private static List<String> phases(ClusterView view) {
    Request.Start start =
        (Request.Start)
            JournalCodec.input(
                JournalCodec.REQUEST,
                "r",
                Instant.EPOCH,
                1,
                StartUpgrade.newBuilder()
                    .setId("r")
                    .setCluster("c")
                    .setToVersion("2.2.2")
                    .setAcknowledgements(List.of("same-keyspace"))
                    .setBy("kim")
                    .build(),
                view,
                new UpgradeId("u"));
    Hop hop = ((Planning.Possible) Planning.plan(start)).plan().hops().getFirst();
    return hop.steps().stream().filter(Phase.class::isInstance).map(Step::name).toList();
  }

  /// The names that an error offers.
  private List<String> named(String datastore, String policy, String before) throws IOException {
    LoadResult result = load(datastore, policy);
    InventoryError error = ((LoadResult.Invalid) result).errors().getFirst();
    assertThat(error.expected()).startsWith(before);
    return List.of(error.expected().substring(before.length()).split(", ", -1));
  }

  private Inventory loaded(String datastore, String policy) throws IOException {
    return load(datastore, policy).orThrow();
  }

  private LoadResult load(String datastore, String policy) throws IOException {
    Files.writeString(
        dir.resolve("a.yaml"),
        """
        clusters:
          - name: c
            serving: "2.1.4"
            datastore: {%s}
            kong:
              "2.1.4": {nodes: [{name: b, admin: "http://b:1", proxy: "http://b:2"}]}
              "2.2.2": {nodes: [{name: g, admin: "http://g:1", proxy: "http://g:2"}]}
            router:
              haproxy: {runtime: "tcp://lb:9999", backend: kong}
            upgrade: {%s}
        """
            .formatted(datastore, policy));
    return Inventory.load(dir);
  }
}
