package io.changeover.worker;

import io.changeover.messages.Failure;
import io.changeover.messages.PhaseReport;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Topics;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Sends reports to `changeover.reports` and writes one log line for each.
final class KafkaReportSender implements ReportSender {

  private static final Logger LOG = LoggerFactory.getLogger("io.changeover.worker.report");

  private final Producer<String, byte[]> producer;
  private final WorkerMetrics metrics;
  private final String source;

  /// @param source who sends, as a URI reference: `/worker/exporter`
  KafkaReportSender(Producer<String, byte[]> producer, WorkerMetrics metrics, String source) {
    this.producer = producer;
    this.metrics = metrics;
    this.source = source;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears what the future would
  public CompletionStage<?> send(PhaseReport report, String traceparent) {
    log(report, traceparent);
    CompletableFuture<Object> sent = new CompletableFuture<>();
    ProducerRecord<String, byte[]> record =
        CloudEvents.record(
            Topics.REPORTS,
            report.getCluster(),
            report,
            report.getId(),
            report.getUpgrade(),
            source,
            report.getAt(),
            traceparent);
    try {
      producer.send(record, (metadata, e) -> settle(report, sent, e));
    } catch (KafkaException | IllegalStateException e) {
      settle(report, sent, e);
    }
    return sent;
  }

  private void settle(PhaseReport report, CompletableFuture<Object> sent, @Nullable Exception e) {
    if (e == null) {
      sent.complete(report);
      return;
    }
    metrics.unsent();
    about(LOG.atError(), report)
        .log(
            "Report could not be sent ({}); the planner will miss it and try again",
            e.getClass().getSimpleName());
    sent.completeExceptionally(e);
  }

  private static void log(PhaseReport report, String traceparent) {
    LoggingEventBuilder line =
        switch (report.getKind()) {
          case PROGRESS -> LOG.atDebug();
          case FAILED -> LOG.atWarn();
          case STARTED, COMPLETED, UNKNOWN -> LOG.atInfo();
        };
    about(line, report)
        .addKeyValue("trace", traceparent)
        .addKeyValue("facts", report.getFacts())
        .log("{}", text(report));
  }

  private static String text(PhaseReport report) {
    Failure failure = report.getFailure();
    return failure == null
        ? report.getKind().name()
        : report.getKind() + " " + failure.getKind() + ": " + failure.getReason();
  }

  private static LoggingEventBuilder about(LoggingEventBuilder line, PhaseReport report) {
    return line.addKeyValue("report", report.getKind())
        .addKeyValue("upgrade", report.getUpgrade())
        .addKeyValue("cluster", report.getCluster())
        .addKeyValue("phase", report.getPhase())
        .addKeyValue("attempt", report.getAttempt());
  }
}
