package io.changeover.planner.core;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What every living upgrade knows, whatever it is doing.
///
/// @param hop index of the hop it is in
/// @param position index of the step at the cursor within the hop
/// @param commanded index of the last step that was ever commanded in this hop, -1 for none
/// @param order of the last command
public record Run(
    UpgradeId upgrade,
    ClusterName cluster,
    Plan plan,
    Instant startedAt,
    int hop,
    int position,
    int commanded,
    long order,
    Evidence evidence) {

  static Run begin(UpgradeId upgrade, ClusterName cluster, Plan plan, Instant at) {
    return new Run(upgrade, cluster, plan, at, 0, 0, -1, 0, Evidence.NONE);
  }

  /// The hop that it is in.
  public Hop current() {
    return plan.hops().get(hop);
  }

  /// Whether every step of the hop is done.
  public boolean atEnd() {
    return position >= current().steps().size();
  }

  /// The step at the cursor.
  public Step step() {
    if (atEnd()) {
      throw new BrokenInvariant("Expected a step after " + position + " in " + this.where());
    }
    return current().steps().get(position);
  }

  /// The phases that were ever commanded, the one under way included.
  List<Phase> phasesCommanded() {
    return current().steps().subList(0, commanded + 1).stream()
        .filter(Phase.class::isInstance)
        .map(Phase.class::cast)
        .toList();
  }

  String where() {
    return "upgrade " + upgrade + " of cluster " + cluster;
  }

  Run commanded(long newOrder) {
    return new Run(upgrade, cluster, plan, startedAt, hop, position, position, newOrder, evidence);
  }

  Run ordered(long newOrder) {
    return new Run(upgrade, cluster, plan, startedAt, hop, position, commanded, newOrder, evidence);
  }

  /// Whether this is the plan's last hop.
  boolean lastHop() {
    return hop == plan.hops().size() - 1;
  }

  /// At the beginning of the next hop, of which nothing has been seen.
  Run nextHop() {
    return new Run(upgrade, cluster, plan, startedAt, hop + 1, 0, -1, order, Evidence.NONE);
  }

  /// Blue was told to take no more requests; the first time counts.
  Run closed(Instant since) {
    Seen seen = evidence.seen();
    return seen.closedSince() == null ? with(evidence.seen(seen.closing(since))) : this;
  }

  private Run with(Evidence now) {
    return new Run(upgrade, cluster, plan, startedAt, hop, position, commanded, order, now);
  }

  Run completed(Phase phase, Map<String, String> facts) {
    return proven(phase, facts).next();
  }

  Run proven(Phase phase, Map<String, String> facts) {
    Evidence after = evidence.after(phase, facts);
    after = after.seen(after.seen().after(current().procedure(), phase, facts));
    return new Run(upgrade, cluster, plan, startedAt, hop, position, commanded, order, after);
  }

  Run passed(String gate) {
    Evidence after = evidence.passed(gate);
    return new Run(upgrade, cluster, plan, startedAt, hop, position, commanded, order, after)
        .next();
  }

  private Run next() {
    return new Run(
        upgrade, cluster, plan, startedAt, hop, position + 1, commanded, order, evidence);
  }
}
