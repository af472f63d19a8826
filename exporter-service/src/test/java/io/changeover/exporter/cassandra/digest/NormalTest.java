package io.changeover.exporter.cassandra.digest;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import io.changeover.exporter.cassandra.catalog.Column;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTest {

  private static final Column TEXT = new Column("c", "text", Column.Role.REGULAR, -1, false);
  private static final Column SET = new Column("c", "set<text>", Column.Role.REGULAR, -1, false);

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable ByteBuffer set(String... elements) {
    return TypeCodecs.setOf(TypeCodecs.TEXT)
        .encode(new LinkedHashSet<>(List.of(elements)), ProtocolVersion.V4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"b\":{\"d\":2,\"c\":3}}|{\"b\":{\"c\":3,\"d\":2},\"a\":1}|true",
        "{\"a\":1}|{ \"a\" : 1.0 }|true",
        "{\"a\":100}|{\"a\":1e2}|true",
        "{\"a\":1}|{\"a\":2}|false",
        "{\"a\":1}|{\"a\":\"1\"}|false",
        "{\"a\":null}|{}|false",
        "[1,2]|[2,1]|false",
        "{broken|{ broken|false",
        "a|a|true",
        "a|b|false"
      })
  void texts_are_compared_by_what_they_mean(String one, String other, boolean same) {
    assertThat(Normal.same(TEXT, text(one), text(other))).isEqualTo(same);
  }

  @Test
  void empty_is_null() {
    assertThat(Normal.same(TEXT, null, text(""))).isTrue();
    assertThat(Normal.same(SET, null, set())).isTrue();
    assertThat(Normal.same(SET, null, set("a"))).isFalse();
  }

  @Test
  void sets_of_json_are_compared_as_sets_of_values() {
    assertThat(
            Normal.same(
                SET,
                set("{\"a\":1,\"b\":2}", "{\"c\":3}"),
                set("{\"c\":3.0}", "{\"b\":2,\"a\":1}")))
        .isTrue();
    assertThat(Normal.same(SET, set("{\"a\":1}"), set("{\"a\":2}"))).isFalse();
  }
}
