package io.changeover.sandbox.kong.hybrid;

import io.changeover.sandbox.kong.DataPlaneRows;
import io.changeover.sandbox.kong.DataPlaneRows.DataPlaneRow;
import io.changeover.sandbox.kong.Store;
import io.changeover.sandbox.kong.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The data planes that a control plane knows of.
sealed interface Register {
  /// A ping came.
  void seen(String id, String ip, String hostname, String configHash);

  List<DataPlaneRow> all();

  /// 2.1: in the memory of one control plane, for a while after the last ping; lost with it.
  final class InMemory implements Register {
    private final Map<String, DataPlaneRow> rows = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Duration remembered;

    InMemory(InstantSource clock, Duration remembered) {
      this.clock = clock;
      this.remembered = remembered;
    }

    @Override
    public void seen(String id, String ip, String hostname, String configHash) {
      long now = clock.instant().getEpochSecond();
      rows.put(id, new DataPlaneRow(id, ip, hostname, now, configHash, remembered.toSeconds()));
    }

    @Override
    public List<DataPlaneRow> all() {
      long oldest = clock.instant().minus(remembered).getEpochSecond();
      rows.values().removeIf(row -> row.lastSeen() < oldest);
      return List.copyOf(new TreeMap<>(rows).values());
    }
  }

  /// 2.2: rows of the database, for `cluster_data_plane_purge_delay` after the last ping, whatever
  /// becomes of the data plane. Every start of one leaves a row more.
  final class InDatabase implements Register {
    private static final int HASH_LENGTH = 32;

    private final DataPlaneRows rows;
    private final Duration kept;
    private final HybridLog log;

    InDatabase(Store store, Duration kept, HybridLog log) {
      this.rows = store.dataPlanes();
      this.kept = kept;
      this.log = log;
    }

    @Override
    public void seen(String id, String ip, String hostname, String configHash) {
      if (configHash.length() != HASH_LENGTH) {
        refused("[postgres] schema violation (config_hash: length must be 32)");
        return;
      }
      try {
        rows.upsert(id, ip, hostname, configHash, kept);
      } catch (StoreException e) {
        refused(e.words());
      }
    }

    private void refused(String why) {
      log.error("[lua] clustering.lua:431: unable to update clustering data plane status: " + why);
    }

    @Override
    public List<DataPlaneRow> all() {
      return rows.all();
    }
  }
}
