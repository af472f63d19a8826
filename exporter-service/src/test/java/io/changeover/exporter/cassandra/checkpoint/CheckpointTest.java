package io.changeover.exporter.cassandra.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

  private static final SliceDone DONE =
      new SliceDone("consumers", 3, 10, 2, 1, 0, Map.of("", new SliceDone.Sum(10, "0".repeat(64))));

  @TempDir private Path folder;

  private Checkpoint open(String fingerprint, long now) throws IOException {
    return Checkpoint.open(folder.resolve("sub"), "c", fingerprint, now);
  }

  private Path file() {
    return folder.resolve("sub/c.checkpoint.jsonl");
  }

  @Test
  void what_was_finished_is_known_after_a_new_start() throws IOException {
    try (Checkpoint checkpoint = open("f", 17)) {
      assertThat(checkpoint.begun()).isFalse();
      checkpoint.begin();
      checkpoint.finished(DONE);
      checkpoint.complete(1234);
      checkpoint.equal(99);
    }
    try (Checkpoint checkpoint = open("f", 18)) {
      assertThat(checkpoint.begun()).isTrue();
      assertThat(checkpoint.startedMicros()).isEqualTo(17);
      assertThat(checkpoint.done("consumers", 3)).contains(DONE);
      assertThat(checkpoint.done("consumers", 4)).isEmpty();
      assertThat(checkpoint.completeMillis()).hasValue(1234);
      assertThat(checkpoint.equalMicros()).hasValue(99);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void a_torn_line_ends_what_counts_and_what_follows_is_written_after_it() throws IOException {
    try (Checkpoint checkpoint = open("f", 1)) {
      checkpoint.begin();
    }
    Files.writeString(file(), "{\"done\":{\"table\":\"consu", StandardOpenOption.APPEND);
    try (Checkpoint checkpoint = open("f", 2)) {
      assertThat(checkpoint.begun()).isTrue();
      checkpoint.finished(DONE);
    }
    try (Checkpoint checkpoint = open("f", 3)) {
      assertThat(checkpoint.done("consumers", 3)).contains(DONE);
    }
  }

  @Test
  void another_copy_begins_anew() throws IOException {
    try (Checkpoint checkpoint = open("f", 1)) {
      checkpoint.begin();
      checkpoint.finished(DONE);
    }
    try (Checkpoint checkpoint = open("other", 2)) {
      assertThat(checkpoint.begun()).isFalse();
      assertThat(checkpoint.done("consumers", 3)).isEmpty();
      assertThat(checkpoint.startedMicros()).isEqualTo(2);
    }
  }

  @Test
  void two_cannot_have_it_at_once() throws IOException {
    try (Checkpoint _ = open("f", 1)) {
      assertThatThrownBy(() -> open("f", 1))
          .isInstanceOf(CheckpointInUseException.class)
          .hasMessageContaining("c.checkpoint.jsonl");
    }
  }
}
