package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs the tables of this package and then lists every state × input cell that none of them looked
/// at.
class EveryCellClosingTest {
  @Test
  void every_state_meets_every_input_in_some_table() {
    LauncherFactory.create().execute(tables());
    assertThat(cells()).hasSizeGreaterThan(100);
    assertThat(cells()).isSubsetOf(Scenario.visited());
  }

  private static LauncherDiscoveryRequest tables() {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectPackage("io.changeover.planner.core"))
        .filters(
            includeClassNamePatterns(".*Test"),
            excludeClassNamePatterns(".*(Closing|Walk|Document|Architecture)Test"))
        .build();
  }

  private static List<String> cells() {
    return Leaves.of(UpgradeState.class).stream()
        .flatMap(
            state ->
                Leaves.of(UpgradeInput.class).stream().map(input -> Scenario.cell(state, input)))
        .toList();
  }
}
