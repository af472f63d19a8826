package io.changeover.schemas;

import java.util.List;

/// The topics. Every record's key is the cluster's name (a campaign's id for campaigns) and all
/// topics have the same number of partitions, so that one planner at a time sees all that concerns
/// a cluster, in order.
public final class Topics {
  public static final String REQUESTS = "changeover.requests";
  public static final String REPORTS = "changeover.reports";
  public static final String COMMANDS_MIGRATOR = "changeover.commands.migrator";
  public static final String COMMANDS_TRAFFIC = "changeover.commands.traffic";
  public static final String COMMANDS_EXPORTER = "changeover.commands.exporter";
  public static final String COMMANDS_RUNBOOK = "changeover.commands.runbook";
  public static final String JOURNAL = "changeover.journal";
  public static final String REJECTED = "changeover.rejected";

  /// All of them, in the order in which they are made.
  public static final List<String> ALL =
      List.of(
          REQUESTS,
          REPORTS,
          COMMANDS_MIGRATOR,
          COMMANDS_TRAFFIC,
          COMMANDS_EXPORTER,
          COMMANDS_RUNBOOK,
          JOURNAL,
          REJECTED);

  private Topics() {}
}
