package io.changeover.planner.shell;

import io.changeover.planner.port.Rejections.Rejection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// One line per decision, with the names that people search for as fields of their own. Heartbeats
/// are at debug level.
final class DecisionLog implements Observers.Observer {
  private static final Logger LOG = LoggerFactory.getLogger("io.changeover.planner.decisions");

  @Override
  public void saw(Outcome outcome) {
    outcome.decisions().forEach(DecisionLog::write);
    outcome.rejections().forEach(DecisionLog::write);
    outcome
        .faults()
        .forEach(
            fault ->
                LOG.atError()
                    .addKeyValue("upgrade", fault.upgrade())
                    .addKeyValue("cluster", fault.cluster())
                    .addKeyValue("alarm", "quarantined")
                    .log("quarantined: {}", fault.cause()));
  }

  private static void write(Decision decision) {
    boolean heartbeat =
        decision.events().size() == 1 && decision.events().getFirst().equals("HeartbeatSeen");
    LoggingEventBuilder line = heartbeat ? LOG.atDebug() : LOG.atInfo();
    line =
        line.addKeyValue("upgrade", decision.upgrade())
            .addKeyValue("cluster", decision.cluster())
            .addKeyValue("seq", decision.seq())
            .addKeyValue("stage", decision.stage())
            .addKeyValue("input", decision.input())
            .addKeyValue("inputId", decision.inputId())
            .addKeyValue("trace", decision.trace());
    if (decision.phase() != null) {
      line = line.addKeyValue("phase", decision.phase());
    }
    if (decision.attempt() > 0) {
      line = line.addKeyValue("attempt", decision.attempt());
    }
    if (!decision.refusals().isEmpty()) {
      line = line.addKeyValue("refused", decision.refusals());
    }
    line.log("{}", String.join(", ", decision.events()));
  }

  private static void write(Rejection rejection) {
    LOG.atWarn()
        .addKeyValue("topic", rejection.record().topic())
        .addKeyValue("partition", rejection.record().partition())
        .addKeyValue("offset", rejection.record().offset())
        .addKeyValue("expected", rejection.expected())
        .log("rejected: {}", rejection.reason());
  }
}
