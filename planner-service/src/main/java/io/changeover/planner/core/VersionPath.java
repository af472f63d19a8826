package io.changeover.planner.core;

import java.util.List;
import java.util.Optional;

/// The path of Kong Enterprise: which minor version leads to which (the upgrade guide's "Version
/// Prerequisites"). Only the last hop is promised without downtime.
final class VersionPath {
  private static final List<String> MINORS = List.of("0.36", "1.3", "1.5", "2.1", "2.2");

  private VersionPath() {}

  /// Why this hop cannot be made; empty when it can.
  static Optional<Refusal> forbids(String from, String to, List<String> acknowledgements) {
    Optional<KongVersion> before = KongVersion.parse(from);
    Optional<KongVersion> after = KongVersion.parse(to);
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.of(
          new Refusal(
              RefusalReason.VERSION_UNREADABLE,
              "versions of three or four numbers and perhaps a suffix, such as 2.1.4",
              "got " + from + " and " + to,
              "Correct the version in the inventory or the request."));
    }
    int order = before.get().compareTo(after.get());
    if (order >= 0) {
      return Optional.of(
          new Refusal(
              RefusalReason.NOT_AN_UPGRADE,
              "a version newer than " + from,
              "got " + to,
              "Kong has no migrations back; restore a backup to go to an older version."));
    }
    return between(before.get().minor(), after.get().minor(), acknowledgements);
  }

  private static Optional<Refusal> between(String from, String to, List<String> acknowledgements) {
    int first = MINORS.indexOf(from);
    int last = MINORS.indexOf(to);
    if (first < 0 || last < 0) {
      return Optional.of(
          new Refusal(
              RefusalReason.OFF_PATH,
              "versions on the path " + String.join(" → ", MINORS),
              "got " + from + " → " + to,
              "Choose versions on the path."));
    }
    if (last - first > 1) {
      return Optional.of(
          new Refusal(
              RefusalReason.SKIPPED_HOP,
              "one hop at a time",
              "got " + from + " → " + to,
              "Go " + String.join(" → ", MINORS.subList(first, last + 1)) + "."));
    }
    String acknowledgement = "downtime:" + from + "-" + to;
    boolean promised = first == last || last == MINORS.size() - 1;
    if (promised || acknowledgements.contains(acknowledgement)) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            RefusalReason.DOWNTIME_NOT_ACKNOWLEDGED,
            "the acknowledgement " + acknowledgement,
            "the request does not have it",
            "Zero downtime is not promised for this hop: add the acknowledgement to accept that."));
  }
}
