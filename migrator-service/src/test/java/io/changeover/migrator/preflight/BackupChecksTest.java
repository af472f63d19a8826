package io.changeover.migrator.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Secret;
import io.changeover.messages.Finding;
import io.changeover.messages.Severity;
import io.changeover.migrator.report.Findings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupChecksTest {

  @TempDir private Path folder;

  private static Finding of(Path place) {
    Findings findings = new Findings();
    BackupChecks.savedRows(place, findings);
    assertThat(findings.all()).hasSize(1);
    return findings.all().getFirst();
  }

  @Test
  void a_folder_that_can_be_written_or_made_is_a_fact_and_nothing_is_made() {
    assertThat(of(folder).getSeverity()).isEqualTo(Severity.FACT);
    Finding later = of(folder.resolve("not/yet"));
    assertThat(later.getSeverity()).isEqualTo(Severity.FACT);
    assertThat(later.getEvidence()).startsWith(folder.toString() + ": a folder, writable");
    assertThat(folder.resolve("not")).doesNotExist();
  }

  @Test
  void a_place_that_can_be_no_folder_is_a_blocker() throws Exception {
    Finding found = of(Files.writeString(folder.resolve("file"), "x").resolve("below"));
    assertThat(found.getSeverity()).isEqualTo(Severity.BLOCKER);
    assertThat(found.getEvidence()).contains("file: no folder");
  }

  @Test
  void a_dump_without_a_key_is_a_blocker_and_a_key_is_told_by_its_reference_alone() {
    Findings findings = new Findings();
    BackupChecks.dumpKey(Secret.EMPTY, findings);
    BackupChecks.dumpKey(Secret.of("${env:NOWHERE_TO_BE_FOUND}"), findings);
    assertThat(findings.all())
        .extracting(Finding::getSeverity)
        .containsExactly(Severity.BLOCKER, Severity.FACT);
    assertThat(findings.all().getLast().getEvidence()).isEqualTo("${env:NOWHERE_TO_BE_FOUND}");
  }
}
