package io.changeover.planner.shell;

import io.changeover.messages.InstallCluster;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.StartUpgrade;
import io.changeover.planner.port.JournalLine;
import io.changeover.planner.port.Rejections.Rejection;
import io.changeover.planner.port.RequestKey;
import io.changeover.planner.port.StoredUpgrade;
import io.changeover.planner.port.UpgradeChange;
import io.changeover.schemas.Codec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// The upgrades of one batch, laid open: finds whom a message is for, has it judged, and keeps what
/// is to be written. Touches no database.
final class Desk {
  private final Judge judge;
  private final Map<RequestKey, byte[]> digests;
  private final Map<RequestKey, byte[]> known;
  private final Set<RequestKey> taken = new HashSet<>();
  private final Map<String, Set<String>> reports;
  private final Map<String, OpenUpgrade> upgrades = new HashMap<>();
  private final Map<String, OpenUpgrade> running = new HashMap<>();
  private final List<OpenUpgrade> order = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private int repeats;

  private Desk(
      Judge judge,
      Map<RequestKey, byte[]> digests,
      Map<RequestKey, byte[]> known,
      Map<String, Set<String>> reports) {
    this.judge = judge;
    this.digests = digests;
    this.known = known;
    this.reports = reports;
  }

  /// Opens desks on the core.
  static final class Factory {
    private final Judge judge;

    Factory(Judge judge) {
      this.judge = judge;
    }

    /// @param digests of the requests of the batch, of the first one where an id comes twice
    /// @param known digests of those that were taken before
    /// @param reports ids of those in the journals of the named upgrades that have ended
    Desk open(
        Map<RequestKey, byte[]> digests,
        Map<RequestKey, byte[]> known,
        List<StoredUpgrade> named,
        List<StoredUpgrade> running,
        Map<String, Set<String>> reports) {
      var desk = new Desk(judge, digests, known, new HashMap<>(reports));
      running.forEach(stored -> desk.running.put(stored.cluster(), desk.lay(stored)));
      named.forEach(desk::lay);
      return desk;
    }

    Desk open(List<StoredUpgrade> named) {
      return open(Map.of(), Map.of(), named, List.of(), Map.of());
    }
  }

  private OpenUpgrade lay(StoredUpgrade stored) {
    return upgrades.computeIfAbsent(stored.id(), _ -> added(OpenUpgrade.stored(stored)));
  }

  private OpenUpgrade added(OpenUpgrade upgrade) {
    order.add(upgrade);
    return upgrade;
  }

  /// Decides on one record.
  void take(Received received) {
    switch (received) {
      case Received.Unreadable(_, var record, var reason, var expected) ->
          rejections.add(new Rejection(record, reason, expected));
      case Received.Report report -> take(report);
      case Received.Request request -> take(request);
    }
  }

  private void take(Received.Report received) {
    PhaseReport report = received.report();
    OpenUpgrade upgrade = upgrades.get(report.getUpgrade());
    if (upgrade == null) {
      reject(received, "no upgrade '%s'".formatted(report.getUpgrade()), "the id of an upgrade");
    } else if (serviceable(received, upgrade, report.getCluster())) {
      if (upgrade.ended() && !first(report)) {
        repeats++;
      } else {
        judged(received, upgrade, judge.report(upgrade, received));
      }
    }
  }

  /// While an upgrade runs, its state tells what a report is worth. After the end each is recorded
  /// as late, so that a topic that is sent again would grow the journal for ever.
  private boolean first(PhaseReport report) {
    return reports.computeIfAbsent(report.getUpgrade(), _ -> new HashSet<>()).add(report.getId());
  }

  private void take(Received.Request request) {
    var key = key(request);
    var before =
        known.containsKey(key) ? known.get(key) : taken.contains(key) ? digests.get(key) : null;
    if (before != null) {
      repeated(request, before);
      return;
    }
    taken.add(key);
    OpenUpgrade upgrade = addressee(request);
    if (upgrade == null) {
      reject(
          request,
          request.upgrade() == null
              ? "no running upgrade of cluster '%s'".formatted(request.cluster())
              : "no upgrade '%s'".formatted(request.upgrade()),
          "an upgrade that exists; start one with StartUpgrade");
    } else if (serviceable(request, upgrade, request.cluster())) {
      judged(request, upgrade, judge.request(upgrade, request, running.get(request.cluster())));
    }
  }

  private void repeated(Received.Request request, byte[] before) {
    if (Arrays.equals(before, digest(request.message()))) {
      repeats++;
    } else {
      reject(
          request,
          "id '%s' was used for another request of this cluster".formatted(request.id()),
          "a new id for a new request");
    }
  }

  private @Nullable OpenUpgrade addressee(Received.Request request) {
    if (opens(request.message())) {
      return upgrades.computeIfAbsent(
          target(request), id -> added(OpenUpgrade.fresh(id, request.cluster(), judge.initial())));
    }
    return request.upgrade() == null
        ? running.get(request.cluster())
        : upgrades.get(request.upgrade());
  }

  private boolean serviceable(Received received, OpenUpgrade upgrade, String cluster) {
    if (!upgrade.cluster().equals(cluster)) {
      reject(
          received,
          "upgrade '%s' is not one of cluster '%s'".formatted(upgrade.id(), cluster),
          "cluster '%s'".formatted(upgrade.cluster()));
      return false;
    }
    if (upgrade.quarantine() != null) {
      reject(
          received,
          "upgrade '%s' is quarantined: %s".formatted(upgrade.id(), upgrade.quarantine()),
          "an upgrade that is in service");
      return false;
    }
    return true;
  }

  private void judged(Received received, OpenUpgrade upgrade, boolean accepted) {
    if (!accepted) {
      reject(
          received,
          "upgrade '%s' can't take it: %s".formatted(upgrade.id(), upgrade.quarantine()),
          "an input that keeps our own invariants; this is a fault of the planner");
    }
    if (upgrade.ended()) {
      running.remove(upgrade.cluster(), upgrade);
    } else if (upgrade.version() > 0) {
      running.put(upgrade.cluster(), upgrade);
    }
  }

  private void reject(Received received, String reason, String expected) {
    rejections.add(new Rejection(received.record(), reason, expected));
  }

  /// The upgrades that are open, in the order in which they were laid.
  List<OpenUpgrade> all() {
    return order;
  }

  /// What is to be written.
  Result close() {
    var changes = new ArrayList<UpgradeChange>();
    var lines = new ArrayList<JournalLine>();
    var decisions = new ArrayList<Decision>();
    var faults = new ArrayList<Outcome.Fault>();
    for (OpenUpgrade upgrade : order) {
      upgrade.change().ifPresent(changes::add);
      lines.addAll(upgrade.lines());
      decisions.addAll(upgrade.decisions());
      if (upgrade.faulty()) {
        faults.add(
            new Outcome.Fault(
                upgrade.id(), upgrade.cluster(), Objects.requireNonNull(upgrade.quarantine())));
      }
    }
    return new Result(
        changes, lines, new Outcome(decisions, repeats, List.copyOf(rejections), faults));
  }

  /// What a desk leaves.
  record Result(List<UpgradeChange> changes, List<JournalLine> lines, Outcome outcome) {}

  static RequestKey key(Received.Request request) {
    return new RequestKey(request.cluster(), request.id());
  }

  /// The upgrade that a request is about; for one that names none, an id that none has.
  static String target(Received.Request request) {
    if (request.upgrade() != null) {
      return request.upgrade();
    }
    return opens(request.message()) ? request.id() : "";
  }

  /// Whether a message begins an upgrade or an install.
  static boolean opens(SpecificRecord message) {
    return message instanceof StartUpgrade || message instanceof InstallCluster;
  }

  static byte[] digest(SpecificRecord message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(Codec.encode(message));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256, which every Java has", e);
    }
  }
}
