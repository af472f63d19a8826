package io.changeover.planner.core;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a person or a program asks for.
public sealed interface Request extends UpgradeInput {
  /// The upgrade that is meant.
  UpgradeId upgrade();

  /// The cluster that is meant.
  ClusterName cluster();

  /// Who asks.
  String by();

  /// Why, in the sender's words; may be empty.
  String reason();

  /// Begin something with a cluster.
  sealed interface Opening extends Request permits Start, Install {
    /// What the inventory says of the cluster, null when it does not know it.
    @Nullable ClusterSnapshot snapshot();

    /// The cluster's upgrade that has not ended, null for none.
    @Nullable UpgradeId runningUpgrade();

    List<String> acknowledgements();

    List<String> plugins();
  }

  /// Install a cluster that serves nothing yet.
  ///
  /// @param toVersion null for the newest one that the inventory describes
  record Install(
      String id,
      Instant at,
      long seed,
      UpgradeId upgrade,
      ClusterName cluster,
      String by,
      String reason,
      @Nullable String toVersion,
      List<String> acknowledgements,
      List<String> plugins,
      @Nullable ClusterSnapshot snapshot,
      @Nullable UpgradeId runningUpgrade)
      implements Opening {
    public Install {
      at = at.truncatedTo(ChronoUnit.MILLIS);
      acknowledgements = List.copyOf(acknowledgements);
      plugins = List.copyOf(plugins);
    }
  }

  /// Move a cluster to a version.
  ///
  /// @param fromVersion the version that serves now, null for what the inventory says
  /// @param snapshot what the inventory says of the cluster, null when it does not know it
  /// @param runningUpgrade the cluster's upgrade that has not ended, null for none
  record Start(
      String id,
      Instant at,
      long seed,
      UpgradeId upgrade,
      ClusterName cluster,
      String by,
      String reason,
      String toVersion,
      @Nullable String fromVersion,
      List<String> acknowledgements,
      List<String> plugins,
      @Nullable ClusterSnapshot snapshot,
      @Nullable UpgradeId runningUpgrade)
      implements Opening {
    public Start {
      at = at.truncatedTo(ChronoUnit.MILLIS);
      acknowledgements = List.copyOf(acknowledgements);
      plugins = List.copyOf(plugins);
    }
  }

  /// Answer an open gate.
  ///
  /// @param answer `APPROVED` or `REJECTED`; anything else is refused
  record Answer(
      String id,
      Instant at,
      long seed,
      UpgradeId upgrade,
      ClusterName cluster,
      String by,
      String reason,
      String gate,
      String answer)
      implements Request {
    public Answer {
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /// Command no further phase; what runs now may end.
  record Pause(
      String id,
      Instant at,
      long seed,
      UpgradeId upgrade,
      ClusterName cluster,
      String by,
      String reason)
      implements Request {
    public Pause {
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /// Go on after a pause.
  record Resume(
      String id,
      Instant at,
      long seed,
      UpgradeId upgrade,
      ClusterName cluster,
      String by,
      String reason)
      implements Request {
    public Resume {
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /// Take it back, where it can be taken back.
  record Abort(
      String id,
      Instant at,
      long seed,
      UpgradeId upgrade,
      ClusterName cluster,
      String by,
      String reason)
      implements Request {
    public Abort {
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /// Try again what the upgrade is held in.
  record Retry(
      String id,
      Instant at,
      long seed,
      UpgradeId upgrade,
      ClusterName cluster,
      String by,
      String reason)
      implements Request {
    public Retry {
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }
  }
}
