package io.changeover.migrator.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.migrator.MigratorSettings;
import io.changeover.sandbox.embedded.FreePorts;
import io.changeover.schemas.Actions;
import io.changeover.worker.Alarms;
import io.changeover.worker.Outcome;
import io.changeover.worker.testing.FakePhaseContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A cluster on its way from 1.5 over 2.1 to 2.2, by two hops of one upgrade.
class BlueWatchTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String FIRST = "upgrade-1 lab blue-watch blue.answers 1-5-0-1 of 1.5.0";
  private static final String SECOND = "upgrade-1 lab blue-watch blue.answers 2-1-4-1 of 2.1.4";

  @TempDir Path folder;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Alarms alarms =
      (upgrade, cluster, watch, finding) -> {
        String node = finding.getMessage().replaceAll("The blue node (\\S+ of [^,]+),.*", "$1");
        told.add(String.join(" ", upgrade, cluster, watch, finding.getCode(), node));
        return CompletableFuture.completedFuture(null);
      };
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final int old = FreePorts.next();
  private final int blue = FreePorts.next();
  private final List<HttpServer> running = new ArrayList<>();
  private Cluster cluster;
  private Optional<Cluster> inventory = Optional.empty();

  @BeforeEach
  void describe() throws IOException {
    cluster = cluster(Map.of("1.5.0", old, "2.1.4", blue, "2.2.2", FreePorts.next()));
    inventory = Optional.of(cluster);
  }

  @AfterEach
  void stopNodes() {
    running.forEach(node -> node.stop(0));
  }

  @Test
  void a_stopped_blue_node_that_answers_is_counted_until_blue_is_wanted_again() throws Exception {
    BlueWatch watch = watch();
    firstHop(watch);
    start(old, "kong/1.5.0");
    watch.look();
    assertThat(count()).isEqualTo(1);
    assertThat(told).containsExactly(FIRST);
    watch.look();
    assertThat(told).as("not in every round").hasSize(1);
    BlueWatch restarted = watch();
    restarted.look();
    assertThat(count()).isEqualTo(3);
    assertThat(told).as("again after a restart").hasSize(2);
    firstHop(restarted, (subject, one) -> one.end(subject, subject.blue().nodes()));
    restarted.look();
    watch().look();
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void nodes_of_an_earlier_hop_stay_watched_when_those_of_a_later_one_are_stopped_and_wanted()
      throws Exception {
    firstHop(watch());
    BlueWatch watch = watch();
    secondHop(watch);
    start(old, "kong/1.5.0");
    start(blue, "kong/2.1.4");
    watch.look();
    assertThat(told).containsExactlyInAnyOrder(FIRST, SECOND);
    secondHop(watch, (subject, one) -> one.end(subject, subject.blue().nodes()));
    told.clear();
    watch().look();
    assertThat(told).containsExactly(FIRST);
  }

  @Test
  void a_node_that_gets_the_place_of_a_stopped_one_is_not_it() throws Exception {
    BlueWatch watch = watch();
    firstHop(watch);
    cluster = cluster(Map.of("1.5.0", old, "2.1.4", blue, "2.2.2", old));
    inventory = Optional.of(cluster);
    start(old, "anybody");
    secondHop(watch);
    watch.look();
    assertThat(told).isEmpty();
  }

  @Test
  void what_another_release_answers_at_the_address_is_not_the_stopped_node() throws Exception {
    BlueWatch watch = watch();
    firstHop(watch);
    start(old, "kong/2.2.2");
    watch.look();
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2.1.4, kong/2.1.4.0-enterprise-edition, false",
    "2.1.4, kong/2.1.4, true",
    "2.1.4.0, kong/2.1.4, false",
    "2.1.4.0, kong/2.1.4.0-enterprise-edition, true",
    "2.1.4.0, anybody, true"
  })
  void what_the_other_edition_of_the_same_base_answers_is_not_the_stopped_node(
      String stopped, String server, boolean shouts) throws Exception {
    cluster = cluster(stopped, Map.of(stopped, old, "2.2.2.0", FreePorts.next()));
    inventory = Optional.of(cluster);
    hop(stopped, "2.2.2.0", watch(), (subject, one) -> one.begin(subject, subject.blue().nodes()));
    start(old, server);
    watch().look();
    assertThat(told).hasSize(shouts ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"2.1.4, 1", "2.1.4.0-enterprise-edition, 0"})
  void without_headers_the_document_of_the_admin_api_tells(String version, int shouts)
      throws Exception {
    BlueWatch watch = watch();
    secondHop(watch);
    start(blue, "anybody", "{\"version\":\"%s\"}".formatted(version));
    watch.look();
    assertThat(told).hasSize(shouts);
  }

  @Test
  void a_note_of_before_editions_were_noted_is_still_read() throws Exception {
    firstHop(watch());
    Path note = folder.resolve("state").resolve("lab.stopped-blue");
    Files.writeString(note, Files.readString(note).replace("\tcommunity", ""));
    assertThat(Files.readString(note)).endsWith("\t1\n");
    start(old, "kong/1.5.0");
    watch().look();
    assertThat(told).containsExactly(FIRST);
  }

  @Test
  void an_address_that_the_inventory_no_longer_names_is_not_asked_and_an_unread_one_is()
      throws Exception {
    BlueWatch watch = watch();
    firstHop(watch);
    start(old, "kong/1.5.0");
    inventory = Optional.of(cluster(Map.of("2.1.4", blue, "2.2.2", FreePorts.next())));
    watch.look();
    assertThat(told).isEmpty();
    inventory = Optional.empty();
    watch.look();
    assertThat(told).containsExactly(FIRST);
  }

  private BlueWatch watch() {
    MigratorSettings settings =
        new MigratorSettings(
            LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, folder.resolve("state"));
    return new BlueWatch(settings, meters, alarms, _ -> inventory);
  }

  private interface Word {
    void to(Subject subject, BlueWatch watch);
  }

  private void firstHop(BlueWatch watch) throws InterruptedException {
    firstHop(watch, (subject, one) -> one.begin(subject, subject.blue().nodes()));
  }

  private void firstHop(BlueWatch watch, Word word) throws InterruptedException {
    hop("1.5.0", "2.1.4", watch, word);
  }

  private void secondHop(BlueWatch watch) throws InterruptedException {
    secondHop(watch, (subject, one) -> one.begin(subject, subject.blue().nodes()));
  }

  private void secondHop(BlueWatch watch, Word word) throws InterruptedException {
    hop("2.1.4", "2.2.2", watch, word);
  }

  private void hop(String from, String to, BlueWatch watch, Word word) throws InterruptedException {
    FakePhaseContext context =
        FakePhaseContext.of(
            FakePhaseContext.command("lab", Actions.STOP_NODES)
                .setFromVersion(from)
                .setToVersion(to)
                .build(),
            cluster);
    Outcome outcome =
        Subject.of(
            context,
            subject -> {
              word.to(subject, watch);
              return Outcome.done(Map.of());
            });
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
  }

  private double count() {
    return meters.counter("changeover.blue.answers", "cluster", "lab").count();
  }

  private void start(int port, String server) throws IOException {
    start(port, server, "{}");
  }

  private void start(int port, String server, String document) throws IOException {
    HttpServer node =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    node.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Server", server);
          byte[] body = document.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    node.start();
    running.add(node);
  }

  private Cluster cluster(Map<String, Integer> ports) throws IOException {
    return cluster("2.1.4", ports);
  }

  /// @param ports by version, of its only node
  private Cluster cluster(String serving, Map<String, Integer> ports) throws IOException {
    String versions =
        ports.entrySet().stream()
            .map(
                version ->
                    """
                          "%s":
                            nodes:
                              - {name: %s-1, admin: "http://127.0.0.1:%d", proxy: "http://127.0.0.1:%d"}
                    """
                        .formatted(
                            version.getKey(),
                            version.getKey().replace('.', '-'),
                            version.getValue(),
                            version.getValue()))
            .collect(Collectors.joining());
    Path files = Files.createTempDirectory(folder, "inventory");
    Files.writeString(
        files.resolve("lab.yaml"),
        """
        clusters:
          - name: lab
            serving: "%s"
            datastore:
              postgres: {host: 127.0.0.1, database: kong, user: kong}
            kong:
        %s    router:
              haproxy: {runtime: "tcp://127.0.0.1:3", backend: kong}
        """
            .formatted(serving, versions));
    return Inventory.load(files).orThrow().cluster("lab").orElseThrow();
  }
}
