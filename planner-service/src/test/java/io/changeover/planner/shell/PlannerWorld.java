package io.changeover.planner.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.changeover.messages.AnswerGate;
import io.changeover.messages.ClusterView;
import io.changeover.messages.JournalEntry;
import io.changeover.messages.Rejected;
import io.changeover.messages.StartUpgrade;
import io.changeover.messages.StepView;
import io.changeover.messages.VersionView;
import io.changeover.planner.port.Clusters;
import io.changeover.planner.port.Seams;
import io.changeover.planner.port.StoredUpgrade;
import io.changeover.planner.shell.jdbc.JdbcCensus;
import io.changeover.planner.shell.jdbc.JdbcLedger;
import io.changeover.planner.shell.jdbc.JdbcOutbox;
import io.changeover.planner.shell.jdbc.LedgerTimeouts;
import io.changeover.planner.shell.kafka.SafeProducer;
import io.changeover.sandbox.embedded.EmbeddedKafka;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Codec;
import io.changeover.schemas.Ids;
import io.changeover.schemas.Messages;
import io.changeover.schemas.TopicSetup;
import io.changeover.schemas.Topics;
import io.changeover.schemas.UndecodableException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.flywaydb.core.Flyway;

/// Real Kafka, real PostgreSQL, scripted workers, and planners made on demand.
final class PlannerWorld implements AutoCloseable {
  private static final AtomicInteger NAMES = new AtomicInteger();

  final Map<String, Object> kafka;
  final HikariDataSource pool;
  final ScriptedWorkers workers;

  /// Of the engine that was made last.
  volatile MeterRegistry registry = new SimpleMeterRegistry();

  final Map<String, ClusterView> views = new ConcurrentHashMap<>();
  private final EmbeddedKafka broker;
  private final Path dir;
  private EmbeddedPostgresServer postgres;
  private final SafeProducer producer;

  private PlannerWorld(Path dir) throws InterruptedException {
    assertThat(Messages.ALL).as("Avro trusts the messages once this class is loaded").isNotEmpty();
    this.dir = dir;
    broker = EmbeddedKafka.start(dir, 0);
    postgres = EmbeddedPostgresServer.start(dir, 0);
    postgres.createDatabase("planner");
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    new TopicSetup(kafka, 4, 1).ensure(Duration.ofSeconds(60));
    pool = new HikariDataSource(poolConfig(postgres.jdbcUrl("planner")));
    Flyway.configure().dataSource(pool).load().migrate();
    producer = new SafeProducer(kafka, "test");
    workers = new ScriptedWorkers(kafka);
  }

  static PlannerWorld start(Path dir) throws InterruptedException {
    return new PlannerWorld(dir);
  }

  private static HikariConfig poolConfig(String url) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(EmbeddedPostgresServer.SUPERUSER);
    config.setMaximumPoolSize(20);
    LedgerTimeouts.properties()
        .forEach((name, value) -> config.addDataSourceProperty(name.toString(), value));
    return config;
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /// Does something while PostgreSQL is gone.
  void withoutPostgres(Runnable meanwhile) {
    int port = postgres.port();
    postgres.close();
    try {
      meanwhile.run();
    } finally {
      postgres = EmbeddedPostgresServer.start(dir, port);
    }
  }

  String jdbcUrl() {
    return postgres.jdbcUrl("planner");
  }

  PlannerSettings settings(String instance) {
    return new PlannerSettings(
        kafka,
        instance,
        "changeover-planner",
        4,
        1,
        1_000,
        1,
        2_000,
        262_144,
        Duration.ofMillis(50),
        Duration.ofSeconds(60));
  }

  static PlannerSettings limited(PlannerSettings s, int maxInFlight) {
    return new PlannerSettings(
        s.kafka(),
        s.instance(),
        s.group(),
        s.partitions(),
        s.replication(),
        maxInFlight,
        s.threads(),
        s.batch(),
        s.maxMessageBytes(),
        s.tick(),
        s.patience());
  }

  PlannerEngine engine(String instance) {
    return engine(settings(instance), Seams.NONE);
  }

  PlannerEngine engine(PlannerSettings settings, Seams seams) {
    var engine = new PlannerEngine(settings, parts(seams));
    engine.start();
    return engine;
  }

  PlannerEngine.Parts parts(Seams seams) {
    registry = new SimpleMeterRegistry();
    return new PlannerEngine.Parts(
        new JdbcLedger(pool),
        new JdbcOutbox(pool),
        new JdbcCensus(pool),
        clusters(),
        InstantSource.system(),
        registry,
        seams);
  }

  Clusters clusters() {
    return new Clusters() {
      @Override
      public Optional<ClusterView> find(String name) {
        return Optional.ofNullable(views.get(name));
      }

      @Override
      public List<String> names() {
        return views.keySet().stream().sorted().toList();
      }

      @Override
      public String origin() {
        return "test";
      }
    };
  }

  /// A cluster that nobody used before; it wants no gates, hooks or analysis.
  String cluster() {
    var name = "cluster-" + NAMES.incrementAndGet();
    views.put(name, view(name).build());
    return name;
  }

  static ClusterView.Builder view(String name) {
    return ClusterView.newBuilder()
        .setName(name)
        .setProcedure("shared-datastore")
        .setServing("2.1.4")
        .setVersions(
            List.of(
                new VersionView(
                    "2.1.4", List.of("blue-1"), null, null, "enterprise", List.of(), List.of()),
                new VersionView(
                    "2.2.2", List.of("green-1"), null, null, "enterprise", List.of(), List.of())))
        .setSteps(List.of(new StepView(50, 0L, null), new StepView(100, 0L, null)));
  }

  /// Says yes at an open gate.
  void approve(String cluster, String gate) {
    send(
        AnswerGate.newBuilder()
            .setId(Ids.next())
            .setCluster(cluster)
            .setGate(gate)
            .setBy("test")
            .build());
  }

  /// Asks for an upgrade; returns its id.
  String start(String cluster) {
    var id = Ids.next();
    send(
        StartUpgrade.newBuilder()
            .setId(id)
            .setCluster(cluster)
            .setToVersion("2.2.2")
            .setBy("test")
            .build());
    return id;
  }

  void send(SpecificRecord request) {
    var id = String.valueOf(request.get(request.getSchema().getField("id").pos()));
    var cluster = String.valueOf(request.get(request.getSchema().getField("cluster").pos()));
    send(
        CloudEvents.record(
            Topics.REQUESTS, cluster, request, id, id, "/test", Instant.now(), null));
  }

  void send(ProducerRecord<String, byte[]> record) {
    synchronized (producer) {
      producer.send(List.of(record));
    }
  }

  Optional<StoredUpgrade> upgrade(String id) {
    return new JdbcLedger(pool).transact(t -> t.upgrades(List.of(id))).stream().findFirst();
  }

  StoredUpgrade awaitStage(String id, String stage) {
    return Eventually.until(
            () -> upgrade(id),
            found -> found.isPresent() && found.get().stage().equals(stage),
            () -> "expected upgrade %s in stage %s".formatted(id, stage))
        .orElseThrow();
  }

  void awaitPublished() {
    Eventually.until(() -> new JdbcOutbox(pool).lag() == 0, "expected everything to be published");
  }

  /// The encoded entries of an upgrade, from the database.
  List<byte[]> journal(String upgrade) {
    var entries = new ArrayList<byte[]>();
    try (var connection = pool.getConnection();
        var select =
            connection.prepareStatement(
                "SELECT data FROM journal WHERE upgrade = ? ORDER BY seq")) {
      select.setString(1, upgrade);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          entries.add(rows.getBytes(1));
        }
      }
      return entries;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  void sql(String statement, Object... values) {
    try (var connection = pool.getConnection();
        var update = connection.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      update.executeUpdate();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /// Everything that is on a topic now.
  List<ConsumerRecord<String, byte[]>> read(String topic) {
    try (var consumer =
        new KafkaConsumer<>(
            new HashMap<>(kafka), new StringDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      var records = new ArrayList<ConsumerRecord<String, byte[]>>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  /// The encoded entries of an upgrade, from the topic, in the order of the topic.
  List<byte[]> published(String upgrade) {
    return read(Topics.JOURNAL).stream()
        .map(ConsumerRecord::value)
        .filter(bytes -> entry(bytes).getUpgrade().equals(upgrade))
        .toList();
  }

  static JournalEntry entry(byte[] bytes) {
    return (JournalEntry) decoded(bytes);
  }

  /// What was rejected of a key.
  List<Rejected> rejected(String key) {
    return read(Topics.REJECTED).stream()
        .filter(record -> key.equals(record.key()))
        .map(record -> (Rejected) decoded(record.value()))
        .toList();
  }

  List<Rejected> awaitRejected(String key, int count) {
    return Eventually.until(
        () -> rejected(key),
        found -> found.size() >= count,
        () -> "expected %d rejected messages of key %s".formatted(count, key));
  }

  static SpecificRecord decoded(byte[] bytes) {
    try {
      return Codec.decode(bytes);
    } catch (UndecodableException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    workers.close();
    producer.close();
    pool.close();
    broker.close();
    postgres.close();
  }
}
