package io.changeover.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One Kong cluster, as its file describes it.
///
/// @param name unique in the folder; the key of every message about the cluster
/// @param topology how its nodes get their configuration
/// @param serving the version that serves today (blue); one of the keys of `versions`, or empty
///   where nothing serves yet
/// @param versions what is known of each version, by version, in the order of the file
/// @param source the file and line it stands at
public record Cluster(
    String name,
    Topology topology,
    Procedure procedure,
    String serving,
    Datastore datastore,
    Map<String, KongVersion> versions,
    Optional<Probe> probe,
    Router router,
    Optional<Fence> fence,
    UpgradePolicy upgrade,
    Source source) {

  /// What the inventory says of one version, if it says anything.
  public Optional<KongVersion> version(String version) {
    return Optional.ofNullable(versions.get(version));
  }

  /// Whether a move between these versions stays on the same Kong and its datastore, and brings
  /// plugins with other nodes.
  public boolean addsPlugins(String from, String to) {
    return version(from).stream()
        .anyMatch(blue -> version(to).filter(blue::isRelabelled).isPresent());
  }

  /// The database role that a version's nodes log in with, and nobody else, if it has one.
  public Optional<String> ownRole(KongVersion version) {
    return fence.flatMap(one -> one.role(version.version()));
  }

  /// Every value of this cluster that refers to a secret. Used to keep resolved secrets out of
  /// failure texts.
  public List<Secret> secrets() {
    List<Secret> all = new ArrayList<>(datastore.secrets());
    versions.values().forEach(version -> all.addAll(version.environment().values()));
    versions.values().stream()
        .flatMap(version -> version.nodes().stream())
        .forEach(node -> all.addAll(node.environment().values()));
    probe.map(Probe::headers).map(Map::values).ifPresent(all::addAll);
    fence.map(Fence::password).ifPresent(all::add);
    return references(all);
  }

  private static List<Secret> references(Collection<Secret> all) {
    return all.stream().filter(Secret::isReference).distinct().toList();
  }
}
