package io.changeover.sandbox.kong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CassandraEntitiesIT extends EntitiesContract {
  @TempDir static Path dir;
  private static CassandraLab lab;
  private static String keyspace = "";

  @BeforeAll
  static void open() {
    lab = CassandraLab.open(dir);
    keyspace = lab.bootstrapped("2.2.2");
  }

  @AfterAll
  static void close() {
    lab.close();
  }

  @BeforeEach
  void empty() {
    for (String table :
        List.of("services", "routes", "plugins", "consumers", "keyauth_credentials", "tags")) {
      lab.session().execute("TRUNCATE " + keyspace + "." + table);
    }
  }

  @Override
  Map<String, String> bootstrapped() {
    return lab.environment(keyspace, lab.prefix());
  }

  @Override
  List<String> cacheKeys(Map<String, String> environment) {
    return lab.query("SELECT cache_key FROM " + keyspace + ".plugins");
  }

  private static Row only(String table) {
    return Objects.requireNonNull(
        lab.session().execute("SELECT * FROM " + keyspace + "." + table).one());
  }

  @Test
  void a_unique_value_stands_behind_its_workspace() throws Exception {
    try (Store store = store()) {
      store.entities().insert("consumers", complete("consumers", Map.of("username", "u")));
      assertThat(only("consumers").getString("username"))
          .isEqualTo(store.entities().defaultWorkspace() + ":u");
    }
  }

  @Test
  void a_tag_has_a_row_as_long_as_the_entity_has_it() throws Exception {
    try (Store store = store()) {
      Map<String, @Nullable Object> consumer =
          store
              .entities()
              .insert(
                  "consumers",
                  complete("consumers", Map.of("username", "u", "tags", List.of("a", "b"))));
      String id = String.valueOf(consumer.get("id"));
      String tags = "SELECT tag FROM " + keyspace + ".tags";
      assertThat(lab.query(tags)).containsExactlyInAnyOrder("a", "b");
      assertThat(only("tags").getSet("other_tags", String.class)).isEqualTo(Set.of("a", "b"));
      store.entities().update("consumers", id, new HashMap<>(Map.of("tags", List.of("b"))));
      assertThat(lab.query(tags)).containsExactly("b");
      store.entities().delete("consumers", id);
      assertThat(lab.query(tags)).isEmpty();
    }
  }

  @Test
  void a_credential_with_a_time_to_live_ends_by_itself() throws Exception {
    try (Store store = store()) {
      Object consumer =
          store
              .entities()
              .insert("consumers", complete("consumers", Map.of("username", "u")))
              .get("id");
      Map<String, @Nullable Object> credential =
          store
              .entities()
              .insert(
                  "keyauth_credentials",
                  complete(
                      "keyauth_credentials",
                      Map.of(
                          "key",
                          "k",
                          "ttl",
                          3600,
                          "consumer",
                          Map.of("id", String.valueOf(consumer)))));
      assertThat(((Number) Objects.requireNonNull(credential.get("ttl"))).intValue())
          .isBetween(3000, 3600);
      Row row =
          Objects.requireNonNull(
              lab.session()
                  .execute("SELECT TTL(key) FROM " + keyspace + ".keyauth_credentials")
                  .one());
      assertThat(row.getInt(0)).isBetween(3000, 3600);
      Map<String, @Nullable Object> endless =
          store
              .entities()
              .insert(
                  "keyauth_credentials",
                  complete(
                      "keyauth_credentials",
                      Map.of("key", "l", "consumer", Map.of("id", String.valueOf(consumer)))));
      assertThat(store.entities().find("keyauth_credentials", String.valueOf(endless.get("id"))))
          .doesNotContainKey("ttl");
    }
  }

  @Test
  void what_leads_nowhere_and_what_is_led_to_are_refused() throws Exception {
    try (Store store = store()) {
      String nowhere = "00000000-0000-0000-0000-000000000001";
      StoreException refused =
          catchThrowableOfType(
              StoreException.class,
              () ->
                  store
                      .entities()
                      .insert(
                          "routes",
                          complete(
                              "routes",
                              Map.of("paths", List.of("/"), "service", Map.of("id", nowhere)))));
      assertThat(refused)
          .hasMessage(
              "the foreign key '{id=\""
                  + nowhere
                  + "\"}' does not reference an existing 'services' entity.");
      String service =
          String.valueOf(
              store
                  .entities()
                  .insert("services", complete("services", Map.of("host", "h")))
                  .get("id"));
      store
          .entities()
          .insert(
              "routes",
              complete("routes", Map.of("paths", List.of("/"), "service", Map.of("id", service))));
      assertThat(
              catchThrowableOfType(
                  StoreException.class, () -> store.entities().delete("services", service)))
          .hasMessage("an existing 'routes' entity references this 'services' entity");
    }
  }

  @Test
  void a_consumer_takes_its_credentials_along() throws Exception {
    try (Store store = store()) {
      String consumer =
          String.valueOf(
              store
                  .entities()
                  .insert("consumers", complete("consumers", Map.of("username", "u")))
                  .get("id"));
      store
          .entities()
          .insert(
              "keyauth_credentials",
              complete(
                  "keyauth_credentials", Map.of("key", "k", "consumer", Map.of("id", consumer))));
      assertThat(store.entities().delete("consumers", consumer)).isTrue();
      assertThat(store.entities().all("keyauth_credentials")).isEmpty();
    }
  }
}
