package io.changeover.migrator.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Edition;
import io.changeover.inventory.KongVersion;
import io.changeover.messages.Severity;
import io.changeover.migrator.observe.Build;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.kong.CommandResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionChecksTest {

  @ParameterizedTest
  @CsvSource({
    "2.1.4, 2.2.2, true",
    "2.1.0, 2.2.0, true",
    "2.1.3, 2.1.4, true",
    "1.5.0, 2.1.4, true",
    "1.3.0, 1.5.0, true",
    "0.36, 1.3.0, true",
    "2.1.4, 2.1.4, false",
    "2.1.4, 2.1.3, false",
    "2.2.2, 2.1.4, false",
    "1.5.0, 2.2.2, false",
    "1.3.0, 2.1.0, false",
    "2.0.5, 2.1.0, false",
    "2.2.2, 2.3.0, false",
  })
  void only_one_step_forward_is_a_step(String from, String to, boolean allowed) {
    assertThat(VersionChecks.allowed(release(from), release(to))).isEqualTo(allowed);
  }

  private static Release release(String text) {
    return Release.in(text).orElseThrow();
  }

  private static KongVersion version(String version, Edition edition) {
    return new KongVersion(
        version,
        edition,
        List.of("kong"),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "2.1.4, COMMUNITY, 2.1.4.0, ENTERPRISE, true",
    "2.1.4.0, ENTERPRISE, 2.1.4.5, ENTERPRISE, true",
    "2.1.4.5, ENTERPRISE, 2.1.4.0, ENTERPRISE, false",
    "2.1.4.0, ENTERPRISE, 2.1.4, COMMUNITY, false",
    "2.1.4, COMMUNITY, 2.1.4, COMMUNITY, false",
    "2.1.4.0, ENTERPRISE, 2.2.0.0, ENTERPRISE, true",
    "2.1.4, COMMUNITY, 2.1.4, ENTERPRISE, true",
    "2.1.4, COMMUNITY, 2.2.0.0, ENTERPRISE, false",
    "2.1.4.0, ENTERPRISE, 2.2.2, COMMUNITY, false",
  })
  void on_the_same_base_editions_and_the_fourth_number_decide(
      String from, Edition fromEdition, String to, Edition toEdition, boolean allowed) {
    assertThat(VersionChecks.allowed(version(from, fromEdition), version(to, toEdition)))
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "2.2.2, 2.2.2+oauth2, COMMUNITY, FACT, is 2.2.2 on other nodes",
    "2.2.2+a, 2.2.2, COMMUNITY, FACT, is 2.2.2 on other nodes",
    "2.2.2, 2.2.2+oauth2, ENTERPRISE, FACT, is one step",
    "2.2.2+a, 2.2.1+b, COMMUNITY, BLOCKER, is no step",
    "2.1.4, 2.2.2+9.9.9.9-beta.1, COMMUNITY, FACT, is one step",
  })
  void the_same_version_under_another_label_is_no_step_and_no_blocker(
      String from, String to, Edition toEdition, Severity severity, String words) {
    Findings findings = new Findings();
    VersionChecks.path(version(from, Edition.COMMUNITY), version(to, toEdition), findings);
    assertThat(findings.all())
        .singleElement()
        .satisfies(finding -> assertThat(finding.getSeverity()).isEqualTo(severity))
        .satisfies(finding -> assertThat(finding.getMessage()).contains(words));
  }

  @ParameterizedTest
  @CsvSource({
    "1.5.0.11, 2.1.4.4, ENTERPRISE, true",
    "1.5.0.11, 2.1.4.5, ENTERPRISE, false",
    "1.5.0.11, 2.1.4.7, ENTERPRISE, false",
    "1.5.0, 2.1.4, ENTERPRISE, true",
    "1.5.0, 2.1.4, COMMUNITY, false",
    "2.1.4.0, 2.1.4.3, ENTERPRISE, false",
    "2.1.4.0, 2.2.0.0, ENTERPRISE, false",
    "1.3.0.2, 1.5.0.11, ENTERPRISE, false",
  })
  void migrations_of_enterprise_that_a_later_patch_has_mended_are_warned_of(
      String from, String to, Edition edition, boolean warned) {
    Findings findings = new Findings();
    VersionChecks.path(version(from, edition), version(to, edition), findings);
    assertThat(findings.all())
        .filteredOn(finding -> finding.getCode().equals("version.migration-faults"))
        .hasSize(warned ? 1 : 0)
        .allSatisfy(finding -> assertThat(finding.getSeverity()).isEqualTo(Severity.WARNING))
        .allSatisfy(finding -> assertThat(finding.getRemedy()).contains("2.1.4.5"));
  }

  @ParameterizedTest
  @CsvSource({"2.2.2+oauth2, 2.2.2", "2.2.2+9.9.9.9, 2.2.2", "2.2.2+x-beta.1, 2.2.2"})
  void what_kong_says_is_compared_without_the_label(String version, String says) {
    Findings findings = new Findings();
    Build expected = Build.of(version(version, Edition.COMMUNITY)).orElseThrow();
    VersionChecks.command("green", expected, exited(says), findings);
    assertThat(findings.all())
        .singleElement()
        .satisfies(finding -> assertThat(finding.getSeverity()).isEqualTo(Severity.FACT));
  }

  private static CommandResult exited(String says) {
    return new CommandResult(
        List.of("kong", "version"), CommandResult.Ending.EXITED, 0, says + "\n", "", Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource({
    "2.1.4, COMMUNITY, 2.1.4, FACT",
    "2.1.4.0, ENTERPRISE, 2.1.4.0-enterprise-edition, FACT",
    "2.1.4, ENTERPRISE, Kong Enterprise 2.1.4.0, FACT",
    "2.1.4.0, ENTERPRISE, 2.1.4, BLOCKER",
    "2.1.4, ENTERPRISE, 2.1.4, BLOCKER",
    "2.1.4, COMMUNITY, 2.1.4.0, BLOCKER",
    "2.1.4.0, ENTERPRISE, 2.1.4.5, BLOCKER",
    "2.1.4, COMMUNITY, 2.1.4-acme, WARNING",
    "2.1.4.0, ENTERPRISE, 2.1.4-enterprise-edition, WARNING",
    "2.1.4, COMMUNITY, no such command, BLOCKER",
  })
  void a_command_of_another_edition_is_refused_and_one_that_does_not_tell_is_warned_of(
      String version, Edition edition, String says, Severity severity) {
    Findings findings = new Findings();
    Build expected = Build.of(version(version, edition)).orElseThrow();
    VersionChecks.command("green", expected, exited(says), findings);
    assertThat(findings.all())
        .singleElement()
        .satisfies(finding -> assertThat(finding.getSeverity()).isEqualTo(severity))
        .satisfies(finding -> assertThat(finding.getEvidence()).contains(says));
  }
}
