package io.changeover.planner.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has to be sent. The one timer of an upgrade is no effect but [UpgradeState#due].
public sealed interface Effect {
  /// `<upgrade>/<phase>/<attempt>`: the same on every repeat.
  String id();

  /// Have a worker of the suite do one attempt of a phase.
  ///
  /// @param fromWeight what green is believed to have now, where the phase moves traffic
  /// @param way how rows travel, null where none do
  record SendCommand(
      String id,
      UpgradeId upgrade,
      ClusterName cluster,
      int hop,
      String fromVersion,
      String toVersion,
      Phase phase,
      Procedure procedure,
      @Nullable Way way,
      int attempt,
      long order,
      int fromWeight,
      Instant issuedAt,
      Instant deadline,
      Duration heartbeat,
      List<String> plugins,
      List<String> acknowledgements)
      implements Effect {
    public SendCommand {
      plugins = List.copyOf(plugins);
      acknowledgements = List.copyOf(acknowledgements);
    }
  }

  /// Have somebody's runbook do it.
  record SendRunbook(
      String id,
      UpgradeId upgrade,
      ClusterName cluster,
      int hop,
      String fromVersion,
      String toVersion,
      String phase,
      String runbook,
      @Nullable Side side,
      int attempt,
      long order,
      Instant issuedAt,
      Instant deadline)
      implements Effect {}
}
