package io.changeover.planner.shell;

import io.changeover.planner.port.Census;
import io.changeover.planner.port.Clusters;
import io.changeover.planner.port.Ledger;
import io.changeover.planner.port.Outbox;
import io.changeover.planner.port.Seams;
import io.changeover.planner.shell.kafka.Intake;
import io.changeover.planner.shell.kafka.KafkaConnector;
import io.changeover.planner.shell.kafka.RejectedTopic;
import io.changeover.planner.shell.kafka.Relay;
import io.changeover.planner.shell.kafka.SafeProducer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One planner at work: intakes, timers and relay over one ledger. Start reading here.
public final class PlannerEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlannerEngine.class);
  private static final Duration MEASURE = Duration.ofSeconds(5);
  private static final Duration END = Duration.ofSeconds(20);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final List<Intake> intakes = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Ticker> tickers = new ArrayList<>();
  private final List<SafeProducer> producers = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Ticker relayTicker;

  /// What an engine works with.
  public record Parts(
      Ledger ledger,
      Outbox outbox,
      Census census,
      Clusters clusters,
      InstantSource clock,
      MeterRegistry registry,
      Seams seams) {}

  /// Builds the engine; nothing runs yet. The topics must exist.
  public PlannerEngine(PlannerSettings settings, Parts parts) {
    var metrics = new PlannerMetrics(parts.registry());
    var relay = new Relay(parts.outbox(), producer(settings, "relay"), parts.seams());
    relayTicker = ticker("relay", settings.tick(), () -> relayed(relay, metrics));
    var observers = new Observers(List.of(new DecisionLog(), metrics, _ -> relayTicker.ring()));
    var judge = new Judge(parts.clusters(), parts.clock());
    var desks = new Desk.Factory(judge);
    var rejections =
        new RejectedTopic(
            producer(settings, "rejections"), parts.clock(), "planner/" + settings.instance());
    var transaction = new BatchTransaction(parts.ledger(), desks, rejections, parts.seams());
    var planning =
        new Planning(
            parts.ledger(), new RecordReader(settings.maxMessageBytes()), transaction, observers);
    for (int i = 0; i < settings.threads(); i++) {
      intake(settings, i, planning, parts.seams());
    }
    var timers = new Timers(parts.ledger(), desks, judge, parts.clock(), settings.maxInFlight());
    ticker("timers", settings.tick(), () -> timed(timers, observers));
    ticker("census", MEASURE, () -> measured(parts, metrics));
  }

  private void intake(PlannerSettings settings, int index, Planning planning, Seams seams) {
    var name = settings.instance() + "-" + index;
    var connector = new KafkaConnector(settings.kafka(), settings.group(), name, settings.batch());
    var intake = new Intake(connector, planning, seams);
    intakes.add(intake);
    threads.add(
        Thread.ofPlatform()
            .name("intake-" + index)
            .uncaughtExceptionHandler((_, e) -> failed(e))
            .unstarted(intake));
  }

  private SafeProducer producer(PlannerSettings settings, String name) {
    var producer = new SafeProducer(settings.kafka(), settings.instance() + "-" + name);
    producers.add(producer);
    return producer;
  }

  private Ticker ticker(String name, Duration tick, java.util.function.BooleanSupplier work) {
    var ticker = new Ticker(name, tick, work, this::failed);
    tickers.add(ticker);
    return ticker;
  }

  private static boolean relayed(Relay relay, PlannerMetrics metrics) {
    int published = relay.publish();
    metrics.published(published, relay.heldLanes());
    return published > 0;
  }

  private static boolean timed(Timers timers, Observers observers) {
    var fired = timers.fire();
    observers.saw(fired);
    var admitted = timers.admit();
    observers.saw(admitted);
    return !fired.decisions().isEmpty() || !admitted.decisions().isEmpty();
  }

  private static boolean measured(Parts parts, PlannerMetrics metrics) {
    var counts = parts.census().take();
    metrics.measured(parts.outbox().lag(), counts.quarantined(), counts.byStage());
    return false;
  }

  private void failed(Throwable e) {
    if (failure.compareAndSet(null, e)) {
      LOG.error("The planner met what it cannot survive; start it again", e);
    }
  }

  /// Starts all threads.
  public void start() {
    threads.forEach(Thread::start);
    tickers.forEach(Ticker::start);
  }

  /// What ended the engine from inside, or null.
  public @Nullable Throwable failure() {
    return failure.get();
  }

  /// Whether all intakes ask Kafka for records.
  public boolean alive() {
    Instant least = Instant.now().minus(SILENCE);
    return failure.get() == null
        && intakes.stream().allMatch(intake -> intake.lastPoll().isAfter(least));
  }

  /// Ends in order: what is in work is finished, the rest comes again.
  @Override
  public void close() {
    intakes.forEach(Intake::close);
    threads.forEach(PlannerEngine::join);
    tickers.forEach(Ticker::close);
    producers.forEach(SafeProducer::close);
  }

  private static void join(Thread thread) {
    try {
      if (!thread.join(END)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
