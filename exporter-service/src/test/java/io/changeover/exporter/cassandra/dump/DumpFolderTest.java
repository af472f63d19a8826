package io.changeover.exporter.cassandra.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.inventory.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpFolderTest {

  private static final DumpKey KEY =
      DumpKey.of(Secret.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));

  @TempDir private Path folder;

  private static Manifest manifest(int format, String cluster, List<Manifest.DumpFile> files) {
    return new Manifest(
        format,
        cluster,
        "kong",
        "3.11.19",
        Map.of("core", Set.of("a")),
        1,
        List.of(),
        Set.of(),
        "",
        "keep",
        0,
        0,
        0,
        0,
        Map.of(),
        files);
  }

  @Test
  void a_manifest_is_read_as_it_was_written() throws IOException {
    Manifest manifest = manifest(Manifest.FORMAT, "one", List.of());
    DumpFolder.Known written = DumpFolder.complete(folder, KEY, manifest);

    assertThat(DumpFolder.manifest(new FolderArtifacts(folder), KEY, "one")).contains(written);
    assertThat(written.manifest()).isEqualTo(manifest);
  }

  @Test
  void no_manifest_is_no_dump() throws IOException {
    assertThat(DumpFolder.manifest(new FolderArtifacts(folder), KEY, "one")).isEmpty();
  }

  @Test
  void a_dump_of_another_cluster_is_refused() throws IOException {
    DumpFolder.Known _ =
        DumpFolder.complete(folder, KEY, manifest(Manifest.FORMAT, "two", List.of()));

    assertThatThrownBy(() -> DumpFolder.manifest(new FolderArtifacts(folder), KEY, "one"))
        .isInstanceOf(BrokenDumpException.class)
        .hasMessageContaining("is of cluster two");
  }

  @Test
  void a_newer_format_is_refused() throws IOException {
    DumpFolder.Known _ =
        DumpFolder.complete(folder, KEY, manifest(Manifest.FORMAT + 1, "one", List.of()));

    assertThatThrownBy(() -> DumpFolder.manifest(new FolderArtifacts(folder), KEY, "one"))
        .isInstanceOf(BrokenDumpException.class)
        .hasMessageContaining("has the format 2");
  }

  @Test
  void a_key_of_another_length_is_refused() {
    assertThatThrownBy(() -> DumpKey.of(Secret.of("c2hvcnQ=")))
        .isInstanceOf(BrokenDumpException.class)
        .hasMessageContaining("32 bytes")
        .hasMessageNotContaining("c2hvcnQ");
    assertThatThrownBy(() -> DumpKey.of(Secret.EMPTY)).isInstanceOf(BrokenDumpException.class);
  }

  /// A store whose disk is full.
  private record Full() implements ArtifactStore {
    @Override
    public boolean has(String name, long bytes) {
      return false;
    }

    @Override
    public void put(String name, Path file) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public InputStream open(String name) {
      return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public String place() {
      return "full";
    }
  }

  @Test
  void a_full_disk_ends_the_transfer_with_its_own_words() {
    Manifest manifest = manifest(Manifest.FORMAT, "one", List.of());

    assertThatThrownBy(() -> new DumpTransfer(folder, new Full(), Watch.NONE).run(manifest))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
  }
}
