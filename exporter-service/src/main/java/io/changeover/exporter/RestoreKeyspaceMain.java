package io.changeover.exporter;

import io.changeover.exporter.cassandra.checkpoint.Checkpoint;
import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.copy.WriteGate;
import io.changeover.exporter.cassandra.dump.ArtifactStore;
import io.changeover.exporter.cassandra.dump.DumpFolder;
import io.changeover.exporter.cassandra.dump.DumpImport;
import io.changeover.exporter.cassandra.dump.DumpKey;
import io.changeover.exporter.cassandra.dump.FolderArtifacts;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.exporter.cassandra.work.CassandraFailures;
import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.Cluster;
import io.changeover.inventory.InvalidInventoryException;
import io.changeover.inventory.Inventory;
import io.changeover.worker.Outcome;
import io.changeover.worker.Redaction;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts a backup of a Cassandra cluster into an empty keyspace that Kong has bootstrapped: `CLUSTER
/// --inventory DIR --backup DIR --keyspace NAME`. A second call goes on where the first ended.
public final class RestoreKeyspaceMain {

  private static final String USAGE =
      "expected CLUSTER --inventory DIR --backup DIR --keyspace NAME";
  private static final List<String> OPTIONS = List.of("--inventory", "--backup", "--keyspace");

  private RestoreKeyspaceMain() {}

  /// Exits with 0 when the backup was put back, with 1 when not, with 2 for a wrong call.
  public static void main(String[] args) throws InterruptedException {
    System.setProperty("logback.configurationFile", "compare-logback.xml");
    System.exit(run(List.of(args), System.out, System.err));
  }

  /// The same for callers in this process.
  public static int run(List<String> args, PrintStream out, PrintStream err)
      throws InterruptedException {
    if (args.size() != 7 || !OPTIONS.equals(List.of(args.get(1), args.get(3), args.get(5)))) {
      err.println("Wrong call; " + USAGE);
      return 2;
    }
    Optional<Cluster> cluster;
    try {
      cluster = Inventory.load(Path.of(args.get(2))).orThrow().cluster(args.get(0));
    } catch (InvalidInventoryException e) {
      err.println(e.getMessage());
      return 2;
    }
    if (cluster.isEmpty() || !(cluster.get().datastore() instanceof CassandraDatastore datastore)) {
      err.printf("Expected a cluster %s on Cassandra in %s.%n", args.get(0), args.get(2));
      return 2;
    }
    return restore(cluster.get(), datastore, Path.of(args.get(4)), args.get(6), out, err);
  }

  private static int restore(
      Cluster cluster,
      CassandraDatastore datastore,
      Path backup,
      String keyspace,
      PrintStream out,
      PrintStream err)
      throws InterruptedException {
    try (Keyspace target = Keyspace.open(in(datastore.blue(), keyspace))) {
      Optional<Outcome.Failed> failed = restore(cluster, datastore, backup, target, out);
      failed.ifPresent(why -> print(cluster, why, err));
      return failed.isPresent() ? 1 : 0;
    } catch (IOException | RuntimeException e) {
      print(
          cluster,
          CassandraFailures.of(e, cluster.name())
              .orElseGet(
                  () -> Outcome.fatal(e.toString(), "the backup to be put back", "report it")),
          err);
      return 1;
    }
  }

  private static CassandraStore in(CassandraStore store, String keyspace) {
    return new CassandraStore(
        store.contactPoints(),
        store.port(),
        store.localDatacenter(),
        keyspace,
        store.user(),
        store.password(),
        store.tls(),
        store.consistency());
  }

  private static Optional<Outcome.Failed> restore(
      Cluster cluster, CassandraDatastore datastore, Path backup, Keyspace target, PrintStream out)
      throws InterruptedException, IOException {
    ArtifactStore store = new FolderArtifacts(backup);
    DumpKey key = DumpKey.of(datastore.copy().key());
    Optional<DumpFolder.Known> dump = DumpFolder.manifest(store, key, cluster.name());
    if (dump.isEmpty()) {
      return Optional.of(
          Outcome.fatal("There is no backup in " + backup, "its manifest", "correct --backup"));
    }
    DumpImport work =
        new DumpImport(
            target,
            datastore.copy(),
            store,
            key,
            dump.get().manifest(),
            Watch.NONE,
            WriteGate.Seam.NONE);
    try (Checkpoint checkpoint =
        Checkpoint.open(
            datastore.copy().folder(),
            cluster.name() + ".restore",
            work.fingerprint(dump.get().sha256()),
            System.currentTimeMillis() * 1_000)) {
      List<Problem> problems = new ArrayList<>(work.losses());
      problems.addAll(work.problems(checkpoint));
      if (!problems.isEmpty()) {
        return Optional.of(CassandraFailures.of(problems, cluster.name()));
      }
      DumpImport.Tally tally = work.run(checkpoint);
      out.printf(
          "Restored %d tables with %d rows of cluster %s into the keyspace %s%n",
          tally.tables(), tally.rows(), cluster.name(), target.name());
      return Optional.empty();
    }
  }

  private static void print(Cluster cluster, Outcome.Failed failed, PrintStream err) {
    err.println(
        Redaction.of(cluster)
            .text(
                "Nothing more was restored: %s. Expected %s. %s."
                    .formatted(failed.reason(), failed.expected(), failed.remedy())));
  }
}
