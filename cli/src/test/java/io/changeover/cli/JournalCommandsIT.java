package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.messages.JournalEntry;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.journal.SealedEntry;
import io.changeover.sandbox.embedded.EmbeddedKafka;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.schemas.Codec;
import io.changeover.schemas.Messages;
import io.changeover.schemas.TopicSetup;
import io.changeover.schemas.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The journal's commands as an auditor runs them: on a topic that somebody tampered with, and with
/// the right to read and no other.
class JournalCommandsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final TopicPartition JOURNAL = new TopicPartition(Topics.JOURNAL, 0);

  private static EmbeddedKafka kafka;
  private static EmbeddedPostgresServer postgres;
  private static Path auditor;

  private final WrittenJournal sound = new WrittenJournal("sound");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start(@TempDir Path dir) throws Exception {
    // Avro makes instances only of classes that it was told of, which Messages does.
    assertThat(Messages.ALL).isNotEmpty();
    String authorizer = AuditorsMayOnlyRead.class.getName();
    kafka = EmbeddedKafka.start(dir, 0, Map.of("authorizer.class.name", authorizer));
    new TopicSetup(client("writer"), 1, 1).ensure(PATIENCE);
    auditor = Files.writeString(dir.resolve("auditor.properties"), "client.id=auditor\n");
    postgres = EmbeddedPostgresServer.start(dir.resolve("db"), 0);
    sql("CREATE TABLE state (id text, version bigint, started_at timestamptz, data bytea)");
  }

  @AfterAll
  static void stop() {
    postgres.close();
    kafka.close();
  }

  @BeforeEach
  void empty() throws Exception {
    try (Admin admin = Admin.create(client("writer"))) {
      admin
          .deleteRecords(Map.of(JOURNAL, RecordsToDelete.beforeOffset(-1)))
          .all()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    sql("DELETE FROM state");
  }

  @Test
  void a_whole_journal_is_shown_replayed_and_verified_with_the_hash_to_keep() throws Exception {
    WrittenJournal other = new WrittenJournal("other");
    publish(sound, 1, 2, 3);
    publish(other, 1, 2, 3);
    String head = HexFormat.of().formatHex(sound.entries().getLast().hash());

    assertThat(run("verify")).as("%s", err).isZero();
    assertThat(said())
        .hasSize(2)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("ok     upgrade sound of payments-eu: 3 entries, advancing")
                    .contains("head " + head));
    assertThat(run("replay", "--upgrade", "sound")).isZero();
    assertThat(said()).hasSize(1).first().asString().contains("after 3 entries: Advancing");
    assertThat(run("show", "--upgrade", "sound")).isZero();
    assertThat(said()).hasSize(3).last().asString().contains("payments-eu sound #3 report");
    assertThat(run("show", "--cluster", "another")).isZero();
    assertThat(said()).isEmpty();
    assertThat(run("show", "--json", "--upgrade", "sound")).isZero();
    assertThat(said()).last().asString().contains("\"hash\":\"" + head + "\"");
  }

  @Test
  void a_removed_entry_is_named_and_the_sound_upgrade_beside_it_is_not_blamed() throws Exception {
    publish(new WrittenJournal("cut"), 1, 3);
    publish(sound, 1, 2, 3);

    assertThat(run("verify")).isEqualTo(1);
    assertThat(said())
        .satisfiesExactly(
            line ->
                assertThat(line).startsWith("FAILED GAP in upgrade cut at entry 3: expected entry"),
            line -> assertThat(line).startsWith("ok     upgrade sound"));
    assertThat(run("replay", "--upgrade", "cut")).isEqualTo(1);
    assertThat(said())
        .satisfiesExactly(
            line -> assertThat(line).contains("upgrade cut of payments-eu after 1 entries: Queued"),
            line -> assertThat(line).contains("stopped at: GAP"));
    assertThat(run("verify", "--upgrade", "sound")).isZero();
  }

  @Test
  void a_changed_entry_is_named_whether_its_hash_was_made_anew_or_not() throws Exception {
    publish(sound, 1);
    publish(Codec.encode(ofAnotherCluster(sound.entries().get(1))));
    publish(sound, 3);
    assertThat(run("verify")).isEqualTo(1);
    assertThat(said()).first().asString().contains("CONTENT_CHANGED", "sound at entry 2");

    empty();
    publish(sound, 1);
    publish(resealed(sound.entries().get(1)));
    publish(sound, 3);
    assertThat(run("verify")).isEqualTo(1);
    assertThat(said()).first().asString().contains("DECIDED_OTHERWISE", "sound at entry 2");

    empty();
    publish(new WrittenJournal("sound", "eve"), 1, 2);
    publish(sound, 3);
    assertThat(run("verify")).isEqualTo(1);
    assertThat(said()).first().asString().contains("CHAIN_BROKEN", "sound at entry 3");
  }

  @Test
  void a_record_that_came_twice_counts_once_and_a_second_version_of_it_is_named() throws Exception {
    publish(sound, 1, 2, 2, 1, 3);
    assertThat(run("verify")).as("%s", out).isZero();
    assertThat(said()).first().asString().contains("3 entries");

    publish(resealed(sound.entries().get(2)));
    assertThat(run("verify")).isEqualTo(1);
    assertThat(said()).first().asString().contains("REWRITTEN", "sound at entry 3");
  }

  @Test
  void a_record_that_is_no_entry_counts_against_the_journal() throws Exception {
    publish(sound, 1, 2, 3);
    publish("rubbish".getBytes(StandardCharsets.UTF_8));

    for (String command : List.of("verify", "replay")) {
      assertThat(run(command)).as(command).isEqualTo(1);
      assertThat(said())
          .anySatisfy(line -> assertThat(line).contains("expected a journal entry, but got"));
    }
    assertThat(run("show")).isZero();
    assertThat(said()).hasSize(4).last().asString().contains("is no journal entry");
  }

  @Test
  void an_empty_journal_and_an_unknown_upgrade_prove_nothing() throws Exception {
    assertThat(run("verify")).isEqualTo(1);
    assertThat(err.toString()).contains("but it is empty");
    publish(sound, 1, 2, 3);
    assertThat(run("verify", "--upgrade", "nobody")).isEqualTo(1);
    assertThat(err.toString()).contains("Expected upgrade nobody in the journal");
  }

  @Test
  void the_database_is_held_to_the_journal() throws Exception {
    publish(sound, 1, 2, 3);
    String url = postgres.jdbcUrl();
    store("sound", 3, sound.state());
    assertThat(run("verify", "--postgres", url)).as("%s %s", out, err).isZero();
    assertThat(said()).first().asString().endsWith(", equal to the stored state");

    sql("DELETE FROM state");
    store("sound", 3, new WrittenJournal("sound").progress().state());
    assertThat(run("verify", "--postgres", url)).as("%s %s", out, err).isEqualTo(1);
    assertThat(said()).first().asString().startsWith("FAILED STATE_DIFFERS in upgrade sound");
  }

  /// Every test here ran with these rights; this one shows that they are rights to read alone.
  @Test
  void the_auditor_of_these_tests_can_neither_write_nor_join_a_group() throws Exception {
    assertThatThrownBy(() -> publish("auditor", sound.bytes(1)))
        .hasCauseInstanceOf(TopicAuthorizationException.class);
    try (Admin admin = Admin.create(client("writer"))) {
      assertThat(admin.listGroups().all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEmpty();
    }
  }

  private int run(String command, String... more) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> arguments = new ArrayList<>(List.of("journal", command));
    arguments.addAll(List.of("--kafka", kafka.bootstrapServers()));
    arguments.addAll(List.of("--kafka-config", auditor.toString()));
    arguments.addAll(List.of(more));
    CommandLine line = Changeover.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments.toArray(String[]::new));
  }

  private List<String> said() {
    return out.toString().lines().toList();
  }

  private static JournalEntry ofAnotherCluster(SealedEntry entry) {
    return JournalEntry.newBuilder(entry.entry()).setCluster("another").build();
  }

  /// The same number in the same chain with other content and a hash that fits it.
  private static byte[] resealed(SealedEntry entry) {
    JournalEntry old = entry.entry();
    byte[] previous = new byte[old.getPreviousHash().remaining()];
    old.getPreviousHash().duplicate().get(previous);
    return SealedEntry.seal(
            new UpgradeId(old.getUpgrade()),
            old.getCluster(),
            old.getSeq(),
            old.getInput(),
            List.of(),
            previous)
        .bytes();
  }

  private static void publish(WrittenJournal journal, int... numbers) throws Exception {
    for (int number : numbers) {
      publish(journal.bytes(number));
    }
  }

  private static void publish(byte[] value) throws Exception {
    publish("writer", value);
  }

  private static void publish(String client, byte[] value) throws Exception {
    Map<String, Object> settings = new HashMap<>(client(client));
    settings.put("enable.idempotence", false);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(Topics.JOURNAL, WrittenJournal.CLUSTER, value))
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("not written", Objects.requireNonNull(e.getCause()));
    }
  }

  private static Map<String, Object> client(String id) {
    return Map.of("bootstrap.servers", kafka.bootstrapServers(), "client.id", id);
  }

  private static void store(String upgrade, long version, byte[] data) throws SQLException {
    try (Connection connection = postgres.connect("postgres");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO state VALUES (?, ?, now(), ?)")) {
      insert.setString(1, upgrade);
      insert.setLong(2, version);
      insert.setBytes(3, data);
      insert.executeUpdate();
    }
  }

  private static void sql(String statement) throws SQLException {
    try (Connection connection = postgres.connect("postgres");
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }
}
