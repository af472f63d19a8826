package io.changeover.planner.core;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The path of Kong Enterprise: which minor version leads to which (the upgrade guide's "Version
/// Prerequisites"). Only the last hop is promised without downtime.
final class VersionPath {
  private static final List<String> MINORS = List.of("0.36", "1.3", "1.5", "2.1", "2.2");

  private VersionPath() {}

  /// Why nothing can be planned with a version; empty when its form is sound.
  static Optional<Refusal> unreadable(ClusterSnapshot cluster, String version) {
    return KongVersion.parse(version)
            .filter(read -> cluster.knowsLabels() || read.label().isEmpty())
            .isPresent()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                RefusalReason.VERSION_UNREADABLE,
                "versions of three or four numbers and perhaps a suffix, such as 2.1.4",
                "got '" + version + "'",
                "Correct the version in the inventory or the request."));
  }

  /// Why no hops lead there; empty when some do. Both versions are readable.
  static Optional<Refusal> backwardsOrOff(ClusterSnapshot cluster, String from, String to) {
    if (cluster.knowsLabels() && from.equals(to)) {
      return Optional.of(same(cluster, from));
    }
    KongVersion before = KongVersion.parse(from).orElseThrow();
    KongVersion after = KongVersion.parse(to).orElseThrow();
    return before.compareTo(after) >= 0
        ? Optional.of(backwards(from, to))
        : off(before.minor(), after.minor());
  }

  /// Why plugins cannot be added to a version by moving to other nodes of it.
  static Stream<Refusal> relabelled(ClusterSnapshot cluster, Route.Leg leg, List<String> plugins) {
    Stream<Refusal> named =
        plugins.isEmpty()
            ? Stream.of(
                new Refusal(
                    RefusalReason.NOT_AN_UPGRADE,
                    "plugins to add, since "
                        + leg.to()
                        + " is the version that serves, on other nodes",
                    "the request names none",
                    "Name them: --plugin NAME, or `plugins` in the message."))
            : Stream.empty();
    Stream<Refusal> edition =
        HopProcedure.edition(cluster, leg.from()) == HopProcedure.edition(cluster, leg.to())
            ? Stream.empty()
            : Stream.of(
                new Refusal(
                    RefusalReason.EDITION_MISFIT,
                    leg.from() + " and " + leg.to() + " to be of one edition",
                    "the inventory of " + cluster.name() + " says two",
                    "Correct `edition` of either under the cluster's kong."));
    return Stream.of(named, edition, off(leg.fromMinor(), leg.toMinor()).stream())
        .flatMap(refusal -> refusal);
  }

  /// The minors of the path, both ends included; one where both are the same.
  static List<String> between(String from, String to) {
    return MINORS.subList(MINORS.indexOf(from), MINORS.indexOf(to) + 1);
  }

  /// The hops that are not made without a word of the sender, one refusal each: only the last one
  /// of the path is promised without downtime.
  static Stream<Refusal> downtime(List<String> minors, List<String> acknowledgements) {
    return IntStream.range(1, minors.size())
        .filter(i -> !minors.get(i).equals(MINORS.getLast()))
        .mapToObj(i -> minors.get(i - 1) + "-" + minors.get(i))
        .filter(hop -> !acknowledgements.contains("downtime:" + hop))
        .map(
            hop ->
                new Refusal(
                    RefusalReason.DOWNTIME_NOT_ACKNOWLEDGED,
                    "acceptDowntime " + hop,
                    "the request does not have it",
                    "Zero downtime is not promised for this hop: send --accept-downtime "
                        + hop
                        + " to accept that."));
  }

  /// Why this hop cannot be made; empty when it can. The rules of release 2, for its journals.
  static Optional<Refusal> forbids(String from, String to, List<String> acknowledgements) {
    Optional<KongVersion> before = ofRelease2(from);
    Optional<KongVersion> after = ofRelease2(to);
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
      return Optional.of(backwards(from, to));
    }
    return oneHop(before.get().minor(), after.get().minor(), acknowledgements);
  }

  /// Release 2 knew no labels.
  static Optional<KongVersion> ofRelease2(String version) {
    return KongVersion.parse(version).filter(read -> read.label().isEmpty());
  }

  private static Refusal same(ClusterSnapshot cluster, String version) {
    String labelled = KongVersion.number(version) + "+LABEL";
    return new Refusal(
        RefusalReason.NOT_AN_UPGRADE,
        "a version newer than " + version,
        "got " + version + ", which serves already",
        "To add plugins to it, describe other nodes of it as \"%s\" under the cluster's kong, and name them: changeover start %s --to %s --plugin NAME."
            .formatted(labelled, cluster.name(), labelled));
  }

  private static Refusal backwards(String from, String to) {
    return new Refusal(
        RefusalReason.NOT_AN_UPGRADE,
        "a version newer than " + from,
        "got " + to,
        "Kong has no migrations back; restore a backup to go to an older version.");
  }

  private static Optional<Refusal> off(String from, String to) {
    return MINORS.contains(from) && MINORS.contains(to)
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                RefusalReason.OFF_PATH,
                "versions on the path " + String.join(" → ", MINORS),
                "got " + from + " → " + to,
                "Choose versions on the path."));
  }

  private static Optional<Refusal> oneHop(String from, String to, List<String> acknowledgements) {
    int first = MINORS.indexOf(from);
    int last = MINORS.indexOf(to);
    if (off(from, to).isPresent()) {
      return off(from, to);
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
