package io.changeover.migrator.work;

import io.changeover.inventory.Node;
import io.changeover.inventory.Role;
import io.changeover.migrator.observe.DataPlaneList;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The data planes that blue's control planes feed, beside those that the inventory names. One that
/// it does not name would be left behind with the configuration that it has when its control plane
/// goes.
///
/// @param living ids of those that are connected
/// @param named how many the inventory names of those that may be listed
/// @param whole whether every control plane of blue could be asked
record ConnectedDataPlanes(List<String> living, int named, boolean whole) {

  private static final String REMEDY =
      "name every data plane as a node of its version, so that it moves too, or take it down; see"
          + " what starts data planes meanwhile (an autoscaler, systemd)";

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /// A data plane that was restarted is listed under both of its ids for 65 s.
  private static final Duration TWICE = Duration.ofSeconds(75);

  private static final Release LISTS_ROWS = new Release(2, 2, 0);

  /// Before green's data planes run.
  static ConnectedDataPlanes look(Tools tools, Subject subject) throws InterruptedException {
    return look(tools, subject, dataPlanes(subject.blue()));
  }

  /// While both run. 2.1 lists those of one control plane; 2.2 lists rows of the database, where
  /// green's have theirs too.
  private static ConnectedDataPlanes lookBoth(Tools tools, Subject subject)
      throws InterruptedException {
    boolean rows = subject.blue().release().compareTo(LISTS_ROWS) >= 0;
    int named = dataPlanes(subject.blue()) + (rows ? dataPlanes(subject.green()) : 0);
    return look(tools, subject, named);
  }

  private static int dataPlanes(Side side) {
    return side.only(Optional.of(Role.DATA_PLANE)).nodes().size();
  }

  private static ConnectedDataPlanes look(Tools tools, Subject subject, int named)
      throws InterruptedException {
    DataPlaneList all = DataPlaneList.NONE;
    boolean whole = true;
    for (Node node : subject.blue().only(Optional.of(Role.CONTROL_PLANE)).nodes()) {
      Optional<DataPlaneList> some = tools.dataPlanes(node);
      all = all.and(some.orElse(DataPlaneList.NONE));
      whole &= some.isPresent();
    }
    return new ConnectedDataPlanes(all.living(), named, whole);
  }

  private boolean tooMany() {
    return living.size() > named;
  }

  private String told() {
    return "blue's control planes feed "
        + living.size()
        + " data planes, and the inventory names "
        + named;
  }

  private String evidence() {
    return "GET /clustering/status of blue's control planes: " + String.join(", ", living);
  }

  /// What it says before anything is touched.
  void tell(Findings findings) {
    if (tooMany()) {
      findings.blocker(
          "hybrid.unnamed-data-plane",
          told(),
          evidence(),
          REMEDY
              + "; one that was restarted within the last 65 s is listed twice: then look again");
    } else if (!whole) {
      findings.warning(
          "hybrid.data-planes-unread",
          "nobody can say which data planes blue's control planes feed",
          evidence(),
          "let the migrator reach the Admin API of every control plane of blue");
    } else if (living.size() < named) {
      findings.warning(
          "hybrid.unconnected-data-plane",
          told() + ": one of these serves what it had, and learns of no change",
          evidence(),
          "read the error log of blue's data planes for `connection to control plane … broken`");
    } else {
      findings.fact("hybrid.data-planes", told(), evidence());
    }
  }

  /// Waits until no data plane is fed that the inventory does not name; said in the findings where
  /// one was restarted in the window.
  static Optional<Outcome.Failed> leftBehind(Tools tools, Subject subject, Findings findings)
      throws InterruptedException {
    ConnectedDataPlanes first = lookBoth(tools, subject);
    ConnectedDataPlanes now = first;
    Instant until = subject.context().clock().instant().plus(TWICE);
    while (now.tooMany()) {
      if (!subject.context().clock().instant().isBefore(until)
          || !subject.context().pause(BETWEEN_LOOKS)) {
        return Optional.of(
            Outcome.retryable(
                now.told() + ": " + now.evidence(),
                "no more than those, before blue's control planes go",
                REMEDY + "; then retry the phase"));
      }
      now = lookBoth(tools, subject);
    }
    if (first.tooMany()) {
      findings.warning(
          "hybrid.restarted",
          "a data plane of blue was restarted while both versions served",
          first.evidence() + "; later " + now.evidence(),
          "see what restarted it: without its cache and blue's control plane it answers 404 to"
              + " everything");
    }
    return Optional.empty();
  }
}
