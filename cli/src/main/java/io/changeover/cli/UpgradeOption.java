package io.changeover.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Names one upgrade, where "the one that runs" is not meant.
final class UpgradeOption {
  @Option(
      names = "--upgrade",
      paramLabel = "ID",
      description = "the upgrade that is meant (default: the one that the cluster runs)")
  private @Nullable String upgrade;

  @Nullable String upgrade() {
    return upgrade;
  }
}
