package io.changeover.sandbox.kong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What entities, events and counters must do in every store.
abstract class EntitiesContract {
  private static final Profile KONG = Profile.of("2.2.2");

  /// The environment of a database or keyspace that Kong 2.2.2 has bootstrapped, and nobody else
  /// looks at.
  abstract Map<String, String> bootstrapped() throws Exception;

  /// The `cache_key` of every plugin there.
  abstract List<String> cacheKeys(Map<String, String> environment) throws Exception;

  Store store() throws Exception {
    return store(bootstrapped());
  }

  static Store store(Map<String, String> environment) {
    return Store.open(
        KONG, KongSettings.resolve(KONG, null, environment, Map.of()), Duration.ofSeconds(30));
  }

  static Map<String, @Nullable Object> complete(String entity, Map<String, ?> given) {
    return KONG.entity(entity)
        .complete(new HashMap<>(given), Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void a_row_comes_back_as_it_was_written() throws Exception {
    try (Store store = store()) {
      Entities entities = store.entities();
      Map<String, @Nullable Object> service =
          entities.insert(
              "services",
              complete("services", Map.of("name", "s", "host", "h", "tags", List.of("a"))));
      Map<String, @Nullable Object> route =
          entities.insert(
              "routes",
              complete(
                  "routes",
                  Map.of(
                      "paths",
                      List.of("/x"),
                      "headers",
                      Map.of("x-v", List.of("1")),
                      "service",
                      Map.of("id", String.valueOf(service.get("id"))))));
      assertThat(entities.find("routes", String.valueOf(route.get("id")))).isEqualTo(route);
      assertThat(route)
          .containsEntry("service", Map.of("id", service.get("id")))
          .containsEntry("created_at", 1767225600L)
          .containsEntry("headers", Map.of("x-v", List.of("1")))
          .doesNotContainKeys("ws_id", "cache_key");
      assertThat(
              entities
                  .listBy("routes", "service", String.valueOf(service.get("id")), 10, null)
                  .rows())
          .containsExactly(route);
      assertThat(entities.listBy("services", "tags", "a", 10, null).rows())
          .containsExactly(service);
      Map<String, @Nullable Object> bare =
          entities.insert("routes", complete("routes", Map.of("paths", List.of("/y"))));
      assertThat(entities.find("routes", String.valueOf(bare.get("id"))))
          .containsEntry("headers", null)
          .containsEntry("hosts", null);
      assertThat(entities.findBy("services", "name", "s")).isEqualTo(service);
    }
  }

  @Test
  void a_plugin_s_cache_key_has_five_slots_and_the_workspace() throws Exception {
    Map<String, String> environment = bootstrapped();
    try (Store store = store(environment)) {
      store.entities().insert("plugins", complete("plugins", Map.of("name", "key-auth")));
      assertThat(cacheKeys(environment))
          .containsExactly("plugins:key-auth:::::" + store.entities().defaultWorkspace());
    }
  }

  @Test
  void a_name_in_use_is_refused_in_kong_s_words() throws Exception {
    try (Store store = store()) {
      store.entities().insert("consumers", complete("consumers", Map.of("username", "u")));
      StoreException refused =
          catchThrowableOfType(
              StoreException.class,
              () ->
                  store
                      .entities()
                      .insert("consumers", complete("consumers", Map.of("username", "u"))));
      assertThat(Objects.requireNonNull(refused).kind()).isEqualTo(StoreException.Kind.UNIQUE);
      assertThat(refused).hasMessage("UNIQUE violation detected on '{username=\"u\"}'");
    }
  }

  @Test
  void pages_lead_through_all_rows_once() throws Exception {
    try (Store store = store()) {
      List<Map<String, @Nullable Object>> rows =
          java.util.stream.IntStream.range(0, 25)
              .mapToObj(n -> complete("consumers", Map.of("username", "u" + n)))
              .toList();
      store.entities().insertAll("consumers", rows);
      List<Object> seen = new java.util.ArrayList<>();
      String offset = null;
      do {
        Entities.Page page = store.entities().list("consumers", 10, offset);
        page.rows().forEach(row -> seen.add(Objects.requireNonNull(row.get("username"))));
        offset = page.offset();
      } while (offset != null);
      assertThat(seen).hasSize(25).doesNotHaveDuplicates();
      assertThat(store.entities().all("consumers")).hasSize(25);
    }
  }

  @Test
  void an_update_changes_only_what_it_names() throws Exception {
    try (Store store = store()) {
      Map<String, @Nullable Object> service =
          store
              .entities()
              .insert("services", complete("services", Map.of("name", "s", "host", "h")));
      String id = String.valueOf(service.get("id"));
      Map<String, @Nullable Object> changed =
          store.entities().update("services", id, new HashMap<>(Map.of("port", 81)));
      assertThat(Objects.requireNonNull(changed))
          .containsEntry("port", 81)
          .containsEntry("host", "h");
      assertThat(store.entities().delete("services", id)).isTrue();
      assertThat(store.entities().find("services", id)).isNull();
    }
  }

  @Test
  void events_reach_other_nodes_only() throws Exception {
    try (Store store = store()) {
      UUID here = UUID.randomUUID();
      Instant before = store.events().now().minusSeconds(1);
      store
          .events()
          .publish(
              here,
              List.of(new ClusterEvents.Event("invalidations", "router:version", Instant.EPOCH)));
      assertThat(store.events().since(before, here)).isEmpty();
      assertThat(store.events().since(before, UUID.randomUUID()))
          .extracting(ClusterEvents.Event::data)
          .containsExactly("router:version");
    }
  }

  @Test
  void a_shared_counter_adds_up() throws Exception {
    try (Store store = store()) {
      Instant minute = Instant.parse("2026-01-01T00:01:00Z");
      assertThat(store.counters().add("c", "minute", minute, null, null, 2)).isEqualTo(2);
      assertThat(store.counters().add("c", "minute", minute, null, null, 1)).isEqualTo(3);
      assertThat(store.counters().get("c", "minute", minute, null, null)).isEqualTo(3);
    }
  }
}
