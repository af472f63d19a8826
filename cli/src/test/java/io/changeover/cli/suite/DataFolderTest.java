package io.changeover.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @Test
  void ports_are_the_same_after_every_start(@TempDir Path dir) {
    int kafka;
    int postgres;
    try (DataFolder folder = DataFolder.take(dir)) {
      kafka = folder.port("kafka");
      postgres = folder.port("postgres");
    }
    try (DataFolder folder = DataFolder.take(dir)) {
      assertThat(folder.port("postgres")).isEqualTo(postgres).isNotEqualTo(kafka);
      assertThat(folder.port("kafka")).isEqualTo(kafka);
    }
  }

  @Test
  void one_suite_at_a_time_uses_a_folder(@TempDir Path dir) {
    try (DataFolder folder = DataFolder.take(dir)) {
      assertThat(folder.root()).isEqualTo(dir);
      // Within one JVM the lock says so by itself; between processes the message does.
      assertThatThrownBy(() -> DataFolder.take(dir))
          .isInstanceOf(OverlappingFileLockException.class);
    }
  }

  @Test
  void closing_twice_is_harmless(@TempDir Path dir) {
    DataFolder folder = DataFolder.take(dir);
    folder.close();
    folder.close();

    DataFolder.take(dir).close();
    assertThat(dir.resolve("lock")).exists();
  }
}
