package io.changeover.cli.demo;

import io.changeover.cli.suite.Deployment;
import io.changeover.cli.suite.Home;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Nodes that read a declarative file. On such nodes every `kong migrations` exits 0 and looks like
/// success, so what was called is written down and looked at.
final class WithoutDatabase implements Staging {
  @Override
  public String ground() {
    return "Kafka and PostgreSQL (for the planner; Kong has no database)";
  }

  @Override
  public Topology build(Deployment deployment, Path folder) throws InterruptedException {
    deployment.startGround(null, null);
    return place(folder);
  }

  /// Where the cluster is to be.
  static Topology place(Path folder) {
    Path file = folder.resolve("kong.yml");
    List<String> declarative = List.of("declarative: \"%s\"".formatted(file));
    return Topology.choose(
        folder,
        new OnFile(file),
        List.of(
            Fleet.choose(folder, "blue", Topology.FROM, KongStore.User.BLUE).with(declarative),
            Fleet.choose(folder, "green", Topology.TO, KongStore.User.GREEN).with(declarative)));
  }

  @Override
  public void begin(DemoCluster cluster) throws InterruptedException {
    cluster.seed();
    cluster.startBlue();
  }

  @Override
  public Function<String, Path> commands(Home home, Topology place) {
    return version -> KongCalls.of(place).recorded(home.standIn(version), version);
  }

  @Override
  public List<Check> proofs(Ended run) throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    checks.add(NodeProbe.serves(run.place().green(), "off", run.cluster().plan()));
    checks.add(KongCalls.of(run.place()).noMigrations());
    return checks;
  }

  @Override
  public List<Check> proofsBack(Ended run) throws InterruptedException {
    return List.of(
        NodeProbe.serves(run.place().first(), "off", run.cluster().plan()),
        KongCalls.of(run.place()).noMigrations());
  }
}
