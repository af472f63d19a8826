package io.changeover.migrator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFileTest {

  @TempDir Path folder;

  private CacheFile of(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("config.cache.json.gz"), bytes);
    return CacheFile.read(file);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void one_of_2_2_is_told_from_one_of_2_1_by_columns_of_its_routes() throws IOException {
    String old =
        "{\"_format_version\":\"2.1\",\"routes\":[{\"id\":\"r\",\"methods\":null%s}],\"plugins\":[{\"config\":{\"request_buffering\":1}}]}";
    byte[] first = gzip(old.formatted(""));
    assertThat(of(first)).isEqualTo(new CacheFile.Written(first.length, false));
    byte[] second = gzip(old.formatted(",\"request_buffering\":null"));
    assertThat(of(second)).isEqualTo(new CacheFile.Written(second.length, true));
    assertThat(CacheFile.rejectedBy(new Release(2, 1, 4))).isTrue();
    assertThat(CacheFile.rejectedBy(new Release(2, 2, 0))).isFalse();
  }

  @Test
  void none_an_empty_one_and_one_that_breaks_off_are_useless() throws IOException {
    byte[] whole = gzip("{\"routes\":[{\"id\":\"r\"}]}");
    assertThat(of(Arrays.copyOf(whole, whole.length / 2))).isInstanceOf(CacheFile.Useless.class);
    assertThat(of(gzip("{\"routes\":["))).isInstanceOf(CacheFile.Useless.class);
    assertThat(of(new byte[0]))
        .as("2.2 makes it when it starts")
        .isInstanceOf(CacheFile.Useless.class);
    assertThat(CacheFile.read(folder.resolve("none"))).isInstanceOf(CacheFile.Useless.class);
  }
}
