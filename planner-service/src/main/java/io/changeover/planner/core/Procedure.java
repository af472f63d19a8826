package io.changeover.planner.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a hop is made, by the upgrade guide's sections "Postgres" and "Cassandra".
public sealed interface Procedure {
  /// The procedure as it stands in the inventory and in plans.
  String word();

  /// Whether nothing rolls back once this phase is commanded.
  boolean committedBy(Phase phase);

  /// How rows travel where the procedure copies them, else null.
  default @Nullable Way rows() {
    return switch (this) {
      case Copy(Way way) -> way;
      case Shared _, Downtime _, Community _, Hybrid _, DbLess _, Fresh _ -> null;
    };
  }

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

  /// From 1.5 to 2.1: unique values and cache keys change under old nodes, so blue is gone before
  /// the first migration, and the time without service is measured.
  record Downtime() implements Procedure {
    static final String WORD = "shared-datastore-downtime";

    @Override
    public String word() {
      return WORD;
    }

    @Override
    public boolean committedBy(Phase phase) {
      return phase.action() == Action.MIGRATE_UP;
    }
  }

  /// From Community to Enterprise on the same datastore, which no Community node can use again once
  /// the first migration of Enterprise ran.
  record Community() implements Procedure {
    static final String WORD = "community-to-enterprise";

    @Override
    public String word() {
      return WORD;
    }

    @Override
    public boolean committedBy(Phase phase) {
      return phase.action() == Action.MIGRATE_UP;
    }
  }

  /// Control planes on a shared datastore, data planes beside them.
  record Hybrid() implements Procedure {
    static final String WORD = "hybrid";

    @Override
    public String word() {
      return WORD;
    }

    @Override
    public boolean committedBy(Phase phase) {
      return phase.action() == Action.MIGRATE_FINISH;
    }
  }

  /// Without datastore: there is nothing to migrate and nothing to finish.
  record DbLess() implements Procedure {
    static final String WORD = "db-less";

    @Override
    public String word() {
      return WORD;
    }

    @Override
    public boolean committedBy(Phase phase) {
      return phase.action() == Action.STOP_NODES && phase.side() == Side.BLUE;
    }
  }

  /// The first version of a cluster. Once its Admin API is open, or it is looked at for the last
  /// time, it is there to stay.
  record Fresh() implements Procedure {
    static final String WORD = "fresh-install";

    @Override
    public String word() {
      return WORD;
    }

    @Override
    public boolean committedBy(Phase phase) {
      return phase.action() == Action.OPEN_ADMIN || phase.action() == Action.VERIFY;
    }
  }

  /// The procedure of these words; empty when there is none.
  ///
  /// @param way how rows travel, null where none do
  public static Optional<Procedure> of(String word, @Nullable String way) {
    return switch (word) {
      case Shared.WORD -> Optional.of(new Shared());
      case Copy.WORD -> Optional.ofNullable(way).flatMap(Way::of).map(Copy::new);
      case Downtime.WORD -> Optional.of(new Downtime());
      case Community.WORD -> Optional.of(new Community());
      case Hybrid.WORD -> Optional.of(new Hybrid());
      case DbLess.WORD -> Optional.of(new DbLess());
      case Fresh.WORD -> Optional.of(new Fresh());
      default -> Optional.empty();
    };
  }
}
