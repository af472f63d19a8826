package io.changeover.planner.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a hop is made, by the upgrade guide's sections "Postgres" and "Cassandra".
public sealed interface Procedure {
  /// The procedure as it stands in the inventory and in plans.
  String word();

  /// Whether nothing rolls back once this phase is commanded.
  boolean committedBy(Phase phase);

  /// Both versions on one datastore, whose schema serves both until `finish`.
  record Shared() implements Procedure {
    static final String WORD = "shared-datastore";

    @Override
    public String word() {
      return WORD;
    }

    @Override
    public boolean committedBy(Phase phase) {
      return phase.action() == Action.MIGRATE_FINISH;
    }
  }

  /// Green on a keyspace of its own, filled from blue's. What is written to green once blue is gone
  /// exists nowhere else.
  record Copy(Way way) implements Procedure {
    static final String WORD = "keyspace-copy";

    @Override
    public String word() {
      return WORD;
    }

    @Override
    public boolean committedBy(Phase phase) {
      return phase.action() == Action.STOP_NODES && phase.side() == Side.BLUE;
    }
  }

  /// The procedure of these words; empty when there is none.
  ///
  /// @param way how rows travel, null where none do
  public static Optional<Procedure> of(String word, @Nullable String way) {
    return switch (word) {
      case Shared.WORD -> Optional.of(new Shared());
      case Copy.WORD -> Optional.ofNullable(way).flatMap(Way::of).map(Copy::new);
      default -> Optional.empty();
    };
  }
}
