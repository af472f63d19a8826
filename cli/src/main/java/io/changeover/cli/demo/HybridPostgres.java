package io.changeover.cli.demo;

import io.changeover.inventory.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One control plane on one PostgreSQL database and two data planes, of each version.
final class HybridPostgres implements StagingOnPostgres {
  private static final int DATA_PLANES = 2;

  /// When nobody may write: from the freeze until green's Admin API opens.
  private static final String FROZEN_AT = "start-data-planes";

  @Override
  public Topology place(Path folder, int postgres) {
    OnPostgres store =
        new OnPostgres(postgres, folder.resolve("backups"), List.of("topology: hybrid"));
    return Topology.choose(
        folder,
        store,
        List.of(
            fleet(folder, "blue", Topology.FROM, KongStore.User.BLUE),
            fleet(folder, "green", Topology.TO, KongStore.User.GREEN)));
  }

  private static Fleet fleet(Path folder, String name, String version, KongStore.User user) {
    Map<String, String> certificate = Certificate.of(folder).settings();
    NodePlace control = NodePlace.choose(folder, name + "-cp", version);
    String cluster = "127.0.0.1:" + control.proxy();
    List<NodePlace> nodes = new ArrayList<>();
    // A control plane proxies nothing: its proxy's port is free for the cluster.
    nodes.add(
        control
            .as(Role.CONTROL_PLANE, certificate)
            .with(Map.of("KONG_ROLE", "control_plane", "KONG_CLUSTER_LISTEN", cluster)));
    for (int i = 1; i <= DATA_PLANES; i++) {
      nodes.add(
          NodePlace.choose(folder, name + "-dp-" + i, version)
              .as(Role.DATA_PLANE, certificate)
              .with(
                  Map.of(
                      "KONG_ROLE",
                      "data_plane",
                      "KONG_DATABASE",
                      "off",
                      "KONG_CLUSTER_CONTROL_PLANE",
                      cluster)));
    }
    return new Fleet(version, user, List.of(), List.copyOf(nodes));
  }

  @Override
  public void begin(DemoCluster cluster) throws InterruptedException {
    cluster.bootstrap();
    cluster.makeCertificate();
    cluster.startBlue();
  }

  @Override
  public Watch watch(Topology place) {
    return new FreezeWatch(place, FROZEN_AT, "while data planes of both versions served");
  }

  @Override
  public List<Check> proofs(Ended run) throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    checks.add(run.cluster().migrationsListed());
    checks.addAll(run.watch().checks());
    checks.add(new AdminProbe(run.place()).check("green", run.place().to()));
    List<NodePlace> control = run.place().green().stream().filter(NodePlace::administers).toList();
    checks.add(NodeProbe.serves(control, "postgres", run.cluster().plan()));
    checks.addAll(HybridVerdict.upgraded(run.place(), run.timeline()));
    return checks;
  }

  @Override
  public List<Check> proofsBack(Ended run) throws InterruptedException {
    return Stream.concat(
            Stream.of(new AdminProbe(run.place()).check("blue", run.place().from())),
            HybridVerdict.rolledBack(run.place()).stream())
        .toList();
  }

  /// What all nodes of the cluster show each other.
  record Certificate(Path certificate, Path key) {
    static Certificate of(Path folder) {
      return new Certificate(folder.resolve("cluster.crt"), folder.resolve("cluster.key"));
    }

    Map<String, String> settings() {
      return Map.of(
          "KONG_CLUSTER_CERT", certificate.toString(),
          "KONG_CLUSTER_CERT_KEY", key.toString(),
          "KONG_LUA_SSL_TRUSTED_CERTIFICATE", certificate.toString());
    }
  }
}
