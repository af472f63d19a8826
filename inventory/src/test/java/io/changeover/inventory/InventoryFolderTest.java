package io.changeover.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryFolderTest {

  @TempDir Path dir;

  @Test
  void says_nothing_while_nothing_changes() {
    write("a.yaml", Folder.SMALL);
    InventoryFolder folder = InventoryFolder.open(dir);
    assertThat(folder.inventory().cluster("small")).isPresent();
    assertThat(folder.refresh()).isFalse();
  }

  @Test
  void reads_a_changed_folder_again() {
    write("a.yaml", Folder.SMALL);
    InventoryFolder folder = InventoryFolder.open(dir);
    write("b.yaml", Folder.SMALL.replace("small", "second"));
    assertThat(folder.refresh()).isTrue();
    assertThat(folder.inventory().byName()).containsOnlyKeys("small", "second");
  }

  @Test
  void keeps_the_last_good_inventory_through_a_broken_edit() {
    write("a.yaml", Folder.SMALL);
    InventoryFolder folder = InventoryFolder.open(dir);
    write("a.yaml", "clusters: oops");
    assertThat(folder.refresh()).isTrue();
    assertThat(folder.inventory().cluster("small")).isPresent();
    assertThat(folder.errors()).hasSize(1);
    write("a.yaml", Folder.SMALL.replace("small", "other"));
    assertThat(folder.refresh()).isTrue();
    assertThat(folder.inventory().byName()).containsOnlyKeys("other");
    assertThat(folder.errors()).isEmpty();
  }

  @Test
  void serves_the_sound_files_beside_a_broken_one_from_the_start() {
    write("a.yaml", Folder.SMALL);
    write("b.yaml", "clusters: oops");
    InventoryFolder folder = InventoryFolder.open(dir);
    assertThat(folder.inventory().byName()).containsOnlyKeys("small");
    assertThat(folder.errors()).hasSize(1);
  }

  @Test
  void takes_the_edit_of_a_sound_file_while_another_is_broken() {
    write("a.yaml", Folder.SMALL);
    write("b.yaml", Folder.SMALL.replace("small", "second"));
    InventoryFolder folder = InventoryFolder.open(dir);
    write("b.yaml", "clusters: oops");
    write("a.yaml", Folder.SMALL.replace("small", "first"));
    assertThat(folder.refresh()).isTrue();
    assertThat(folder.inventory().byName()).containsOnlyKeys("first", "second");
  }

  @Test
  void keeps_everything_while_the_folder_is_away() throws Exception {
    Path file = write("a.yaml", Folder.SMALL);
    InventoryFolder folder = InventoryFolder.open(dir);
    Files.delete(file);
    folder.refresh();
    assertThat(folder.inventory().byName()).containsOnlyKeys("small");
    assertThat(folder.errors()).hasSize(1);
  }

  @Test
  void knows_neither_of_two_clusters_of_one_name() {
    write("a.yaml", Folder.SMALL);
    write("b.yaml", Folder.SMALL);
    write("c.yaml", Folder.SMALL.replace("small", "third"));
    assertThat(InventoryFolder.open(dir).inventory().byName()).containsOnlyKeys("third");
  }

  @Test
  void sees_an_edit_of_the_same_size_within_the_same_tick() throws Exception {
    FileTime now = FileTime.from(Instant.now());
    Path file = write("a.yaml", Folder.SMALL);
    Files.setLastModifiedTime(file, now);
    InventoryFolder folder = InventoryFolder.open(dir);
    write("a.yaml", Folder.SMALL.replace("small", "smell"));
    Files.setLastModifiedTime(file, now);
    assertThat(folder.refresh()).isTrue();
    assertThat(folder.inventory().byName()).containsOnlyKeys("smell");
  }

  @Test
  void comes_back_when_the_folder_does() throws Exception {
    Path later = dir.resolve("later");
    InventoryFolder folder = InventoryFolder.open(later);
    assertThat(folder.errors()).hasSize(1);
    Files.createDirectory(later);
    Files.writeString(later.resolve("a.yaml"), Folder.SMALL);
    assertThat(folder.refresh()).isTrue();
    assertThat(folder.inventory().cluster("small")).isPresent();
  }

  private Path write(String name, String text) {
    new Folder(dir).with(name, text);
    return dir.resolve(name);
  }
}
