package io.changeover.cli;

import io.changeover.cli.client.KafkaAccess;
import io.changeover.cli.client.Problem;
import io.changeover.cli.client.RequestSender;
import io.changeover.cli.client.RequestSender.Format;
import io.changeover.schemas.Ids;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What every verb that sends a message takes.
final class RequestOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Mixin private KafkaAccess kafka = new KafkaAccess();

  @Parameters(
      index = "0",
      paramLabel = "CLUSTER",
      description = "the cluster's name in the inventory")
  private String cluster = "";

  @Option(names = "--json", description = "send plain JSON instead of Avro")
  private boolean json;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "who asks, as the journal will name you (default: ${DEFAULT-VALUE})")
  private String by = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "why, as the journal will keep it; no secrets")
  private String reason = "";

  /// A fresh message id.
  private final String id = Ids.next();

  String id() {
    return id;
  }

  String cluster() {
    if (cluster.isBlank()) {
      throw Problem.usage("Expected the name of a cluster, but it is empty");
    }
    return cluster;
  }

  String by() {
    return by;
  }

  String reason() {
    return reason;
  }

  /// Sends the request and says what was done.
  int send(SpecificRecord request) {
    String place = new RequestSender(kafka).send(request, json ? Format.JSON : Format.AVRO);
    java.util.Objects.requireNonNull(spec)
        .commandLine()
        .getOut()
        .printf(
            "Asked for %s of %s as message %s (%s).%nThe planner's answer is in the journal: %s%n",
            request.getSchema().getName(), cluster(), id, place, watch());
    return 0;
  }

  /// The command line that shows what becomes of it, also when the answer was faster.
  String watch() {
    return "changeover watch %s --from-beginning %s".formatted(cluster(), kafka.options());
  }
}
