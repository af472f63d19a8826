package io.changeover.migrator.work;

import io.changeover.inventory.Node;
import io.changeover.inventory.Role;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.observe.CacheFile;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.report.Findings;
import java.nio.file.Path;
import java.util.Optional;

/// What only hybrid clusters are asked, beside their rows.
final class PreflightHybrid {

  private PreflightHybrid() {}

  static void look(Tools tools, Subject subject, Findings findings) throws InterruptedException {
    window(subject, findings);
    unobserved(subject, findings);
    ConnectedDataPlanes.look(tools, subject).tell(findings);
    subject
        .blue()
        .only(Optional.of(Role.DATA_PLANE))
        .nodes()
        .forEach(node -> cache(node, subject.blue().release(), findings));
  }

  private static void window(Subject subject, Findings findings) {
    if (subject.blue().release().equals(subject.green().release())) {
      return;
    }
    findings.warning(
        "hybrid.window",
        "no data plane of "
            + subject.blue().release()
            + " may be started or restarted by anybody until the upgrade ends",
        "it rejects the configuration of a "
            + subject.green().release()
            + " control plane; without a cache file it answers 404 to everything",
        "switch off what restarts data planes (autoscaler, systemd timers) for the time of the upgrade");
  }

  private static void unobserved(Subject subject, Findings findings) {
    if (subject.greenStore() instanceof KeyspaceStore) {
      findings.warning(
          "hybrid.cassandra",
          "real Kong was never observed in hybrid mode on Cassandra, nor was this upgrade run there",
          "the cluster's datastore is Cassandra",
          "run it on a copy of the cluster first");
    }
  }

  /// It goes on from its cache when its control plane is away, and so after a roll-back.
  private static void cache(Node node, Release blue, Findings findings) {
    if (node.cacheFile().isEmpty()) {
      risk(node, "the inventory names no `cacheFile` of it", findings);
      return;
    }
    Path file = Path.of(node.cacheFile().orElseThrow());
    switch (CacheFile.read(file)) {
      case CacheFile.Written(long bytes, boolean newer) when newer && CacheFile.rejectedBy(blue) ->
          risk(
              node,
              file + ", " + bytes + " bytes, was written by 2.2 or later: it rejects that whole",
              findings);
      case CacheFile.Written(long bytes, _) ->
          findings.fact(
              "hybrid.cache",
              "data plane " + node.name() + " has a written cache file",
              file + ": " + bytes + " bytes");
      case CacheFile.Closed(long bytes) ->
          findings.fact(
              "hybrid.cache",
              "data plane "
                  + node.name()
                  + " has a written cache file, which is not to be read from here",
              file + ": " + bytes + " bytes");
      case CacheFile.Useless(String reason) -> risk(node, reason, findings);
    }
  }

  private static void risk(Node node, String evidence, Findings findings) {
    findings.warning(
        "hybrid.no-cache",
        "data plane "
            + node.name()
            + " has no cache file that is known to be written and to be of use to it",
        evidence,
        "without one a restart while its control plane is away answers 404 to everything: make its prefix writable for"
            + " nginx's user, and name the file as `cacheFile`");
  }
}
