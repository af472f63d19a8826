package io.changeover.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.avro.specific.SpecificRecord;

/// A cluster of 2.2.2 gets a plugin that has tables of its own: other nodes of the same version,
/// which has never run its migrations. Lists of ip-restriction, which `up -f` would empty, stay.
final class LaterPlugin implements StagingOnPostgres {
  private static final String PLUGIN = "oauth2";
  private static final String BEFORE =
      "acl,ip-restriction,key-auth,rate-limiting,request-termination";
  private static final String DENIED = "10.1.2.3";

  @Override
  public Topology place(Path folder, int postgres) {
    return Topology.choose(
        folder,
        new OnPostgres(
            postgres,
            folder.resolve("backups"),
            List.of(),
            Map.of(
                KongStore.User.MAKER, BEFORE,
                KongStore.User.BLUE, BEFORE,
                KongStore.User.GREEN, BEFORE + "," + PLUGIN)),
        List.of(
            Fleet.choose(folder, "blue", Topology.TO, KongStore.User.BLUE),
            Fleet.labelled(
                folder, "green", Topology.TO + "+" + PLUGIN, Topology.TO, KongStore.User.GREEN)));
  }

  /// Both sides say the same version, so that nobody could tell whose errors they are.
  @Override
  public boolean takesFaults() {
    return false;
  }

  @Override
  public void begin(DemoCluster cluster) throws InterruptedException {
    cluster.bootstrap();
    cluster.startBlue();
    cluster.configure(
        "{\"name\":\"ip-restriction\",\"config\":{\"deny\":[\"%s\"]}}".formatted(DENIED));
  }

  @Override
  public SpecificRecord request(Topology place, String id) {
    return Staging.upgrade(place, id).setPlugins(List.of(PLUGIN)).build();
  }

  @Override
  public List<Check> proofs(Ended run) throws InterruptedException {
    List<NodePlace> green = run.place().green();
    List<Check> checks = new ArrayList<>();
    checks.add(run.cluster().migrationsListed());
    checks.add(migrated(run.place()));
    checks.add(new AdminProbe(run.place()).check("green", Topology.TO));
    checks.add(NodeProbe.serves(green, "postgres", run.cluster().plan()));
    checks.add(
        NodeProbe.says(
            green,
            "every new node can run " + PLUGIN,
            "/plugins/enabled",
            answer -> texts(answer.path("enabled_plugins")),
            enabled -> enabled.contains(PLUGIN)));
    checks.add(
        NodeProbe.says(
            green,
            "the lists of ip-restriction are as they were",
            "/plugins?size=1000",
            LaterPlugin::denied,
            List.of(DENIED)::equals));
    return checks;
  }

  private static Check migrated(Topology place) {
    String seen =
        place.store() instanceof OnPostgres store
            ? new KongDatabase(store.port()).migrations(PLUGIN).orElse("no row")
            : "no PostgreSQL";
    return new Check(
        "schema_meta has every migration of " + PLUGIN + " as done",
        seen.contains("000_base_" + PLUGIN) && seen.endsWith(" {}"),
        seen);
  }

  private static List<String> denied(JsonNode plugins) {
    return StreamSupport.stream(plugins.path("data").spliterator(), false)
        .filter(plugin -> plugin.path("name").asText().equals("ip-restriction"))
        .flatMap(plugin -> texts(plugin.at("/config/deny")).stream())
        .toList();
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
