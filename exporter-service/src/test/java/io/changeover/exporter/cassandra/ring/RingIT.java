package io.changeover.exporter.cassandra.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.exporter.cassandra.work.CompareWork;
import io.changeover.exporter.cassandra.work.CopyWork;
import io.changeover.exporter.cassandra.work.DeltaWork;
import io.changeover.inventory.Cluster;
import io.changeover.messages.FailureKind;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("deep")
class RingIT {

  /// Rows after which nodes are killed.
  private static final long MIDDLE = 500;

  private static final long LATER = 1_500;

  @TempDir private static Path folder;
  private static RingLab lab;
  private static Cluster cluster;

  @BeforeAll
  static void ring() throws IOException {
    lab = RingLab.start(folder);
    cluster = lab.cluster();
  }

  @AfterAll
  static void end() {
    lab.close();
  }

  /// Copies, and kills nodes once that many rows were copied.
  private static Outcome copyKilling(long rows, int... nodes) throws InterruptedException {
    AtomicBoolean killed = new AtomicBoolean();
    Outcome outcome =
        new CopyWork()
            .run(
                context(Actions.COPY)
                    .onProgress(
                        facts -> {
                          if (copied(facts) > rows && killed.compareAndSet(false, true)) {
                            IntStream.of(nodes).forEach(lab.ring::kill);
                          }
                        }));
    assertThat(killed).describedAs("the copy was in its middle").isTrue();
    return outcome;
  }

  private static long copied(Map<String, String> facts) {
    return Long.parseLong(facts.getOrDefault(Facts.COPY_ROWS, "0"));
  }

  private static FakePhaseContext context(String action) {
    return FakePhaseContext.of(FakePhaseContext.command("one", action).build(), cluster);
  }

  private static Map<String, String> done(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return outcome.facts();
  }

  private static Outcome.Failed mayPass(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE));
    return (Outcome.Failed) outcome;
  }

  private static void assertEqualOverTheWholeRing() throws InterruptedException {
    assertThat(done(new CompareWork().run(context(Actions.COMPARE))))
        .containsEntry(Facts.COMPARE_EQUAL, "true")
        .containsEntry(Facts.COMPARE_COVERAGE, "1");
  }

  @Test
  void a_copy_waits_for_a_quorum_goes_on_without_one_node_and_ends_equal() throws Exception {
    Map<String, List<String>> before = lab.blue();

    Outcome.Failed first = mayPass(copyKilling(MIDDLE, 2, 3));

    assertThat(first.reason()).contains("Copy of cluster one", "Cassandra said:");
    assertThat(first.remedy()).contains("nodetool status", "goes on where this one ended");
    List<String> remembered = lab.checkpoint();
    lab.ring.awaitAgreement();
    assertThat(mayPass(new CopyWork().run(context(Actions.COPY))).reason())
        .contains("QUORUM (2 required but only 1 alive)");

    lab.ring.restart(2);
    lab.ring.restart(3);
    lab.ring.awaitAgreement();
    assertThat(lab.blue()).describedAs("the source").isEqualTo(before);

    Map<String, String> facts = done(copyKilling(LATER, 3));

    assertThat(copied(facts)).isGreaterThan(RingLab.MORE);
    List<String> whole = lab.checkpoint();
    assertThat(whole.subList(0, remembered.size())).isEqualTo(remembered);
    assertThat(new HashSet<>(whole)).describedAs("no slice was copied twice").hasSameSizeAs(whole);
    assertEqualOverTheWholeRing();
    withoutTheThird();
  }

  private static void withoutTheThird() throws InterruptedException {
    try (CqlSession session = lab.session()) {
      lab.consumers(session, 7);
    }
    assertThat(done(new DeltaWork().run(context(Actions.DELTA))))
        .containsEntry(Facts.DELTA_ROWS, "7");
    assertEqualOverTheWholeRing();

    try (CqlSession session = lab.session()) {
      session.execute("CREATE TABLE green.without_the_third (id int PRIMARY KEY)");
    }
    assertThat(mayPass(new CompareWork().run(context(Actions.COMPARE))).reason())
        .contains("another one is known of 127.0.0.3");

    // It has nothing of what was written without it.
    lab.ring.restart(3);
    lab.ring.awaitAgreement();
    assertEqualOverTheWholeRing();
  }
}
