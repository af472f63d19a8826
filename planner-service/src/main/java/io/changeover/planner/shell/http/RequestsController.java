package io.changeover.planner.shell.http;

import io.changeover.planner.port.SendFailedException;
import io.changeover.planner.shell.kafka.RequestSender;
import io.changeover.schemas.UndecodableException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/// Takes the same JSON as the requests topic and puts it there; what becomes of it is in the
/// journal.
@Controller("/requests")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RequestsController {
  private final RequestSender sender;

  RequestsController(RequestSender sender) {
    this.sender = sender;
  }

  /// The message's id; with a StartUpgrade that names no upgrade also the upgrade's.
  @Serdeable
  record Accepted(String id) {}

  @Post(consumes = MediaType.APPLICATION_JSON)
  HttpResponse<Accepted> post(@Body String json, @Nullable @Header("traceparent") String trace) {
    try {
      return HttpResponse.accepted().body(new Accepted(sender.send(json, trace)));
    } catch (UndecodableException e) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()), e.expected());
    } catch (SendFailedException e) {
      throw new ProblemException(
          HttpStatus.SERVICE_UNAVAILABLE,
          String.valueOf(e.getMessage()),
          "Kafka to be reachable; send it again with the same id");
    }
  }
}
