package io.changeover.exporter.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.FailureKind;
import io.changeover.worker.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupFailuresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "55P03; RETRYABLE; a shared lock",
        "57014; RETRYABLE; before the phase's deadline",
        "42501; FATAL; may read every table",
        "3D000; FATAL; the database and schema",
        "28P01; FATAL; user and password",
        "28000; FATAL; user and password",
        "08006; RETRYABLE; the connection to last",
        "57P01; RETRYABLE; the connection to last",
        "53100; RETRYABLE; the connection to last",
        "XX000; RETRYABLE; the database to answer",
      })
  void of_the_database(String state, FailureKind kind, String expected) {
    Outcome.Failed failed = BackupFailures.of(new SQLException("words", state), "Backup of one");
    assertThat(failed.kind()).isEqualTo(kind);
    assertThat(failed.expected()).contains(expected);
    assertThat(failed.reason()).startsWith("Backup of one: ").contains(state).contains("words");
    assertThat(failed.remedy()).isNotBlank();
  }

  @Test
  void of_the_disk() {
    assertThat(of(new IOException("No space left on device")).expected()).contains("room");
    assertThat(of(new IOException("No space left on device")).kind()).isEqualTo(FailureKind.FATAL);
    assertThat(of(new AccessDeniedException("/x")).expected()).contains("right to write");
    assertThat(of(new FileSystemException("/x")).kind()).isEqualTo(FailureKind.FATAL);
    assertThat(of(new IOException("odd")).kind()).isEqualTo(FailureKind.RETRYABLE);
  }

  private static Outcome.Failed of(Exception e) {
    return BackupFailures.of(e, "Backup");
  }
}
