package io.changeover.planner.shell.service;

import io.changeover.planner.shell.PlannerEngine;
import io.changeover.planner.shell.PlannerSettings;
import io.changeover.schemas.TopicSetup;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.EmbeddedApplication;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the engine once Kafka is there and has the topics. A planner that can't start, or that
/// broke from inside, ends its process with 1, so that its supervisor starts it again.
@Singleton
final class Lifecycle implements ApplicationEventListener<ServerStartupEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private final PlannerSettings settings;
  private final Provider<PlannerEngine> engines;
  private final EmbeddedApplication<?> application;
  private volatile Stage stage = Stage.STARTING;

  /// Where the service stands.
  enum Stage {
    STARTING,
    RUNNING,
    FAILED
  }

  Lifecycle(
      PlannerSettings settings,
      Provider<PlannerEngine> engines,
      EmbeddedApplication<?> application) {
    this.settings = settings;
    this.engines = engines;
    this.application = application;
  }

  Stage stage() {
    return stage;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    Thread.ofPlatform().name("planner-start").daemon().start(this::start);
  }

  private void start() {
    try {
      new TopicSetup(settings.kafka(), settings.partitions(), settings.replication())
          .ensure(settings.patience(), LOG::warn);
      PlannerEngine engine = engines.get();
      engine.start();
      stage = Stage.RUNNING;
      LOG.info("Planner {} runs", settings.instance());
      watch(engine);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("The planner can't start: {}", e.getMessage(), e);
      end();
    }
  }

  private void watch(PlannerEngine engine) throws InterruptedException {
    while (engine.failure() == null) {
      Thread.sleep(1_000);
      if (!application.isRunning()) {
        return;
      }
    }
    end();
  }

  private void end() {
    stage = Stage.FAILED;
    if (application.isServer() && Boolean.getBoolean("changeover.exit")) {
      System.exit(1);
    }
  }
}
