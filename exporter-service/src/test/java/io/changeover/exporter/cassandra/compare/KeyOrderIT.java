package io.changeover.exporter.cassandra.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.changeover.exporter.cassandra.Kong;
import io.changeover.exporter.cassandra.Node;
import io.changeover.exporter.cassandra.Sides;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The order of each type is Cassandra's own: a comparison fails when rows come otherwise.
class KeyOrderIT {

  private static final Random RANDOM = new Random(20_261_128);
  private static Kong kong;

  @TempDir private Path folder;

  private record Type(String name, Supplier<Object> value) {}

  private static final List<Type> TYPES =
      List.of(
          new Type("uuid", KeyOrderIT::uuid),
          new Type("timeuuid", KeyOrderIT::timeUuid),
          new Type("text", () -> "ü" + RANDOM.nextInt(1_000) + "\u0000x".repeat(RANDOM.nextInt(3))),
          new Type("blob", () -> ByteBuffer.wrap(bytes(RANDOM.nextInt(4)))),
          new Type("int", RANDOM::nextInt),
          new Type("bigint", RANDOM::nextLong),
          new Type("smallint", () -> (short) RANDOM.nextInt()),
          new Type("tinyint", () -> (byte) RANDOM.nextInt()),
          new Type("boolean", RANDOM::nextBoolean),
          new Type("timestamp", () -> Instant.ofEpochMilli(RANDOM.nextLong() >> 16)));

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /// Of every version: the nibble comes first in Cassandra's order.
  private static UUID uuid() {
    long version = RANDOM.nextInt(1, 6);
    long high = (RANDOM.nextLong() & ~0xF000L) | (version << 12);
    return new UUID(high, (RANDOM.nextLong() >>> 2) | Long.MIN_VALUE);
  }

  private static UUID timeUuid() {
    return new UUID(
        Uuids.startOf(RANDOM.nextLong(0, 2_000_000_000_000L)).getMostSignificantBits(),
        RANDOM.nextLong());
  }

  @BeforeAll
  static void keyspaces() {
    kong = Kong.create();
    CqlSession session = Node.session();
    for (Type type : TYPES) {
      for (String side : List.of(kong.blueName(), kong.greenName())) {
        session.execute(
            "CREATE TABLE %s.by_%s (p int, q text, c %s, d %s, v int, PRIMARY KEY ((p, q), c, d)) WITH CLUSTERING ORDER BY (c ASC, d DESC)"
                .formatted(side, type.name(), type.name(), type.name()));
      }
    }
  }

  @Test
  void rows_of_every_type_of_key_are_paired() throws Exception {
    for (Type type : TYPES) {
      for (int i = 0; i < 200; i++) {
        kong.blue(
            "INSERT INTO %s.by_" + type.name() + " (p, q, c, d, v) VALUES (?, ?, ?, ?, 1)",
            RANDOM.nextInt(3),
            "q" + RANDOM.nextInt(12),
            type.value().get(),
            type.value().get());
      }
    }
    try (Sides sides = new Sides(kong.blueStore(), kong.greenStore())) {
      sides.copy(Kong.policy(folder));
      Comparison.Result result = sides.compare(Kong.policy(folder));
      assertThat(result.equal()).isTrue();
      assertThat(result.rows()).isGreaterThan(1_500);

      kong.green("DELETE FROM %s.by_uuid WHERE p = 1 AND q = 'q1'");
      assertThat(sides.compare(Kong.policy(folder)).counts()).containsOnlyKeys("by_uuid");
    }
  }

  @Test
  void a_type_of_unknown_order_is_refused() {
    for (String side : List.of(kong.blueName(), kong.greenName())) {
      Node.session()
          .execute(
              SimpleStatement.newInstance(
                  "CREATE TABLE %s.by_decimal (p int, c decimal, PRIMARY KEY (p, c))"
                      .formatted(side)));
    }
    try (Sides sides = new Sides(kong.blueStore(), kong.greenStore())) {
      assertThat(sides.look(Kong.policy(folder)).toString())
          .contains("The table by_decimal has a clustering key of a type");
    } finally {
      for (String side : List.of(kong.blueName(), kong.greenName())) {
        Node.session().execute("DROP TABLE " + side + ".by_decimal");
      }
    }
  }
}
