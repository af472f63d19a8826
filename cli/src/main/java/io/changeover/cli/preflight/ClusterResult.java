package io.changeover.cli.preflight;

import io.changeover.cli.preflight.Found.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is known of one cluster before an upgrade of it.
///
/// @param file the inventory file that it stands in
/// @param topology `traditional`, `hybrid` or `db-less`; empty where that is not known
/// @param from the version that serves; empty where nothing serves or that is not known
/// @param to the version that it would move to; empty where that is not known
/// @param path the versions on the way, first and last among them; empty where there is no way
/// @param procedure how the hops are made; empty where that is not known
/// @param downtime hops that are not promised without downtime: `1.5-2.1`
/// @param findings blockers first
public record ClusterResult(
    String name,
    String file,
    String topology,
    String from,
    String to,
    List<String> path,
    String procedure,
    List<String> downtime,
    List<Found> findings) {

  /// Whether the cluster may be moved.
  public enum Verdict {
    /// Nothing speaks against it.
    READY,
    /// Something does.
    BLOCKED,
    /// It could not be looked at, whole or at all.
    UNREACHABLE;

    /// As it is written.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ClusterResult {
    path = List.copyOf(path);
    downtime = List.copyOf(downtime);
    findings = findings.stream().sorted(Comparator.comparing(found -> found.severity())).toList();
  }

  /// How many findings have this weight.
  public long count(Severity severity) {
    return findings.stream().filter(found -> found.severity() == severity).count();
  }

  /// The verdict.
  public Verdict verdict() {
    if (findings.stream().anyMatch(found -> found.code().equals(Found.UNREACHABLE))) {
      return Verdict.UNREACHABLE;
    }
    return count(Severity.BLOCKER) == 0 ? Verdict.READY : Verdict.BLOCKED;
  }

  /// The first blocker, or else the first warning.
  public Optional<Found> firstCause() {
    return findings.stream().filter(found -> found.severity() != Severity.FACT).findFirst();
  }
}
