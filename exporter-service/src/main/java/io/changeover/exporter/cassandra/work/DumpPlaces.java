package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.dump.ArtifactStore;
import io.changeover.exporter.cassandra.dump.DumpFolder;
import io.changeover.exporter.cassandra.dump.DumpKey;
import io.changeover.exporter.cassandra.dump.FolderArtifacts;
import io.changeover.exporter.cassandra.dump.Manifest;
import io.changeover.exporter.kongyml.KongYmlFile;
import io.changeover.exporter.kongyml.KongYmlManifest;
import io.changeover.exporter.kongyml.Losses;
import io.changeover.inventory.CopyPolicy;
import io.changeover.inventory.Secret;
import io.changeover.messages.PhaseCommand;
import io.changeover.schemas.Facts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Where the dump or file of one upgrade lies on each side, and the key of dumps.
///
/// @param folder at the source's side
/// @param artifacts at the target's side
record DumpPlaces(Path folder, ArtifactStore artifacts, Path artifactsFolder, Secret secret) {

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

  /// Empty when the upgrade's id could name a place outside the folders: ids come from messages,
  /// paths never do.
  static Optional<DumpPlaces> of(CopyPolicy policy, PhaseCommand command) {
    String cluster = command.getCluster();
    String upgrade = command.getUpgrade();
    if (!SAFE.matcher(cluster).matches() || !SAFE.matcher(upgrade).matches()) {
      return Optional.empty();
    }
    Path artifacts = policy.artifacts().resolve(cluster).resolve(upgrade);
    return Optional.of(
        new DumpPlaces(
            policy.folder().resolve(cluster).resolve(upgrade),
            new FolderArtifacts(artifacts),
            artifacts,
            policy.key()));
  }

  /// The key that a dump's files are encrypted with.
  DumpKey key() {
    return DumpKey.of(secret);
  }

  /// The facts of a file that lies somewhere.
  static Map<String, String> facts(KongYmlFile file) {
    KongYmlManifest manifest = file.manifest();
    Map<String, String> facts = new TreeMap<>();
    facts.put(Facts.DUMP_SHA256, file.sha256());
    facts.put(Facts.DUMP_PATH, file.path().toString());
    facts.put(Facts.DUMP_BYTES, Long.toString(manifest.bytes()));
    facts.put(Facts.DUMP_FILES, "1");
    facts.put(Facts.DUMP_LOSES, Losses.text(manifest.losses(), manifest.lost()));
    return facts;
  }

  /// The facts of a dump that lies somewhere.
  static Map<String, String> facts(DumpFolder.Known dump, Path place) {
    Manifest manifest = dump.manifest();
    Map<String, String> facts = new TreeMap<>();
    facts.put(Facts.DUMP_SHA256, dump.sha256());
    facts.put(Facts.DUMP_PATH, place.toString());
    facts.put(Facts.DUMP_BYTES, Long.toString(manifest.bytes()));
    facts.put(Facts.DUMP_FILES, Integer.toString(manifest.files().size()));
    return facts;
  }
}
