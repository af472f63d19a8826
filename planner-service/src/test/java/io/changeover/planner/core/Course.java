package io.changeover.planner.core;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What a walk is asked to do: each procedure, and each way of one.
enum Course {
  SHARED(null),
  COPY(Way.COPY),
  DUMP(Way.DUMP),
  KONG_YML(Way.KONG_YML),
  TWO_HOPS(null),
  COMMUNITY(null),
  HYBRID(null),
  DB_LESS(null),
  INSTALL(null);

  private final @Nullable Way way;

  Course(@Nullable Way way) {
    this.way = way;
  }

  /// The message that begins the walk.
  UpgradeInput asks(Random random) {
    return switch (this) {
      case SHARED, COPY, DUMP, KONG_YML -> Inventories.startOf(draft -> plan(draft, random));
      case TWO_HOPS -> Inventories.hops();
      case COMMUNITY -> Inventories.community();
      case HYBRID -> Inventories.hybrid();
      case DB_LESS -> Inventories.dbLess();
      case INSTALL -> Inventories.install(Inventories.Setting.USUAL.serving(""));
    };
  }

  private Inventories.Draft plan(Inventories.Draft usual, Random random) {
    Inventories.Draft draft = way == null ? usual : usual.copying(way);
    Inventories.Draft hooked =
        random.nextBoolean() ? draft : draft.hooks(Inventories.hook("notify", "soak"));
    return switch (random.nextInt(3)) {
      case 0 -> hooked.ungated();
      case 1 -> hooked.gates(Inventories.gate("open?", "open-admin", null));
      default -> hooked;
    };
  }
}
