package io.changeover.migrator.observe;

import io.changeover.migrator.observe.NodeState.Healthy;
import io.changeover.migrator.observe.NodeState.OtherVersion;
import io.changeover.migrator.observe.NodeState.Stopped;
import io.changeover.migrator.observe.NodeState.Unhealthy;
import io.changeover.migrator.observe.NodeState.Unknown;
import io.changeover.migrator.observe.Reading.Answered;
import io.changeover.migrator.observe.Reading.Silent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Everything that was asked of one node at one time.
///
/// @param root the Admin API's `/`: version, database
/// @param admin the Admin API's `/status`: is the database reachable
/// @param status the same from the Status API, where it listens
/// @param proxy a request through the proxy
/// @param process what the node's own command says
public record NodeObservation(
    Reading root, Reading admin, Optional<Reading> status, Reading proxy, Liveness process) {

  /// What `kong health` says: it looks at the process and at nothing else.
  public enum Liveness {
    RUNNING,
    NOT_RUNNING,
    /// The command failed to tell.
    UNCLEAR,
    /// The inventory names other commands than Kong's for this node.
    UNASKED
  }

  /// What the node should be.
  ///
  /// @param database its kind and name, `postgres/kong`
  /// @param probe the status code of a good answer through the proxy; without one, any answer of
  ///   Kong's will do
  /// @param kind which of its addresses answer when all is well
  /// @param plugins that it must be able to run, where an Admin API of its own can tell; they set
  ///   it apart from nodes of the same build that lack them
  public record Expected(
      Build build, String database, Optional<Integer> probe, Kind kind, Set<String> plugins) {

    public Expected {
      plugins = Set.copyOf(plugins);
    }

    /// An ordinary node.
    public Expected(Build build, String database, Optional<Integer> probe) {
      this(build, database, probe, Kind.WHOLE, Set.of());
    }
  }

  /// What a node listens on, as observed on Kong 2.1.4 and 2.2.2.
  public enum Kind {
    /// Admin API and proxy.
    WHOLE,
    /// A control plane proxies nothing.
    CONTROL_PLANE,
    /// A data plane has no Admin API, whatever its settings say, and its `/status` is 200 also when
    /// it never got a configuration: only a probe of a known route tells.
    DATA_PLANE,
    /// The same where there is no configuration yet that could be probed: a fresh install.
    EMPTY_DATA_PLANE
  }

  /// The state that follows. What answers decides over what does not; a silence leaves it unknown.
  public NodeState state(Expected expected) {
    List<Answered> answers =
        all().filter(Answered.class::isInstance).map(Answered.class::cast).toList();
    List<Build> builds = builds(answers);
    Optional<Build> other = first(builds, expected, Build.Fit.OTHER);
    if (other.isPresent()) {
      return new OtherVersion(other.orElseThrow());
    }
    if (!answers.isEmpty()) {
      List<String> faults = faults(expected);
      return faults.isEmpty()
          ? new Healthy(
              first(builds, expected, Build.Fit.SAME)
                  .or(() -> builds.stream().findFirst())
                  .orElse(expected.build()))
          : new Unhealthy(String.join("; ", faults));
    }
    List<String> silences =
        all()
            .filter(Silent.class::isInstance)
            .map(reading -> ((Silent) reading).reason())
            .distinct()
            .toList();
    return silences.isEmpty() ? quiet() : new Unknown(String.join("; ", silences));
  }

  private NodeState quiet() {
    return switch (process) {
      case NOT_RUNNING, UNASKED -> new Stopped();
      case RUNNING -> new Unhealthy("its process runs and every address refuses");
      case UNCLEAR ->
          new Unknown("every address refuses and `kong health` does not say whether it runs");
    };
  }

  private Stream<Reading> all() {
    return Stream.concat(Stream.of(root, admin, proxy), status.stream());
  }

  /// Everything that was said of a version, in the Admin API's `/` and in headers.
  private List<Build> builds(List<Answered> answers) {
    Stream<Build> headers = answers.stream().flatMap(answer -> answer.build().stream());
    Stream<Build> body = AdminRoot.of(root).flatMap(AdminRoot::build).stream();
    return Stream.concat(body, headers).toList();
  }

  private static Optional<Build> first(List<Build> builds, Expected expected, Build.Fit fit) {
    return builds.stream().filter(build -> expected.build().fit(build) == fit).findFirst();
  }

  private List<String> faults(Expected expected) {
    ArrayList<String> faults = new ArrayList<>();
    if (expected.kind() == Kind.WHOLE || expected.kind() == Kind.CONTROL_PLANE) {
      AdminRoot.fault(root, expected).ifPresent(faults::add);
      databaseFault("Admin API", admin).ifPresent(faults::add);
    } else if (expected.kind() == Kind.DATA_PLANE && expected.probe().isEmpty()) {
      faults.add(
          "without a `probe` of a known route nobody can tell whether it has a configuration");
    }
    status.flatMap(reading -> databaseFault("Status API", reading)).ifPresent(faults::add);
    if (expected.kind() != Kind.CONTROL_PLANE) {
      proxyFault(expected).ifPresent(faults::add);
    }
    return faults;
  }

  private static Optional<String> databaseFault(String who, Reading reading) {
    return switch (reading) {
      case Reading.Refused _ -> Optional.of(who + " refuses");
      case Silent(String reason) -> Optional.of(who + ": " + reason);
      case Answered(int code, _, _) when code != 200 ->
          Optional.of(who + " /status answers " + code);
      case Answered(_, _, String body) ->
          Json.read(body).path("database").path("reachable").asBoolean(false)
              ? Optional.empty()
              : Optional.of(who + " /status: database.reachable is not true");
    };
  }

  private Optional<String> proxyFault(Expected expected) {
    return switch (proxy) {
      case Reading.Refused _ -> Optional.of("proxy refuses");
      case Silent(String reason) -> Optional.of("proxy: " + reason);
      case Answered(int code, _, _)
          when expected.probe().isPresent() && expected.probe().orElseThrow() != code ->
          Optional.of(
              "probe through the proxy answers "
                  + code
                  + " instead of "
                  + expected.probe().orElseThrow()
                  + unconfigured(expected, proxy));
      case Answered(_, Optional<Build> build, _) ->
          build.isPresent()
              ? Optional.empty()
              : Optional.of(
                  "probe through the proxy names no version in Via or Server (`headers=off`?)");
    };
  }

  /// A data plane without a configuration answers so to everything.
  private static String unconfigured(Expected expected, Reading proxy) {
    boolean says =
        expected.kind() == Kind.DATA_PLANE
            && proxy instanceof Answered(int code, _, String body)
            && code == 404
            && body.contains("no Route matched");
    return says ? ": it has no configuration yet, or none with that route" : "";
  }
}
