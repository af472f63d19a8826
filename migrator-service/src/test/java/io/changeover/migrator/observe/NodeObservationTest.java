package io.changeover.migrator.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.changeover.migrator.observe.NodeObservation.Expected;
import io.changeover.migrator.observe.NodeObservation.Liveness;
import io.changeover.migrator.observe.NodeState.Healthy;
import io.changeover.migrator.observe.NodeState.OtherVersion;
import io.changeover.migrator.observe.NodeState.Stopped;
import io.changeover.migrator.observe.NodeState.Unhealthy;
import io.changeover.migrator.observe.NodeState.Unknown;
import io.changeover.migrator.observe.Reading.Answered;
import io.changeover.migrator.observe.Reading.Refused;
import io.changeover.migrator.observe.Reading.Silent;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NodeObservationTest {

  private static final Build V222 = Build.in("2.2.2").orElseThrow();
  private static final Build V214 = Build.in("2.1.4").orElseThrow();
  private static final Expected EXPECTED = new Expected(V222, "postgres/kong", Optional.of(200));
  private static final Set<String> OAUTH2 = Set.of("oauth2");
  private static final Reading OFF = new Refused();
  private static final Reading DARK = new Silent("127.0.0.1:1: no answer in 3000 ms");

  private static Reading root(String version, String database) {
    return answer(
        200,
        "{\"version\":\"%s\",\"configuration\":{\"database\":\"postgres\",\"pg_database\":\"%s\"}}"
            .formatted(version, database));
  }

  private static final Reading ROOT = root("2.2.2", "kong");
  private static final Reading STATUS = answer(200, "{\"database\":{\"reachable\":true}}");
  private static final Reading NO_DATABASE = answer(200, "{\"database\":{\"reachable\":false}}");
  private static final Reading PROXY = answer(200, "");

  private static Reading answer(int code, String body) {
    return new Answered(code, Optional.of(V222), body);
  }

  static Stream<Arguments> observations() {
    return Stream.of(
        arguments("all well", seen(ROOT, STATUS, PROXY, Liveness.RUNNING), Healthy.class),
        arguments(
            "all well, process unclear",
            seen(ROOT, STATUS, PROXY, Liveness.UNCLEAR),
            Healthy.class),
        arguments(
            "Enterprise of the same base",
            seen(root("2.2.2.0-enterprise-edition", "kong"), STATUS, PROXY, Liveness.RUNNING),
            OtherVersion.class),
        arguments(
            "an edition that it does not tell",
            seen(root("2.2.2-own", "kong"), STATUS, PROXY, Liveness.RUNNING),
            Healthy.class),
        arguments(
            "database gone", seen(ROOT, NO_DATABASE, PROXY, Liveness.RUNNING), Unhealthy.class),
        arguments(
            "/status 503", seen(ROOT, answer(503, "{}"), PROXY, Liveness.RUNNING), Unhealthy.class),
        arguments(
            "/status is no JSON",
            seen(ROOT, answer(200, "OK"), PROXY, Liveness.RUNNING),
            Unhealthy.class),
        arguments(
            "other database",
            seen(root("2.2.2", "other"), STATUS, PROXY, Liveness.RUNNING),
            Unhealthy.class),
        arguments(
            "/ is no JSON",
            seen(answer(200, "<html>"), STATUS, PROXY, Liveness.RUNNING),
            Unhealthy.class),
        arguments(
            "probe fails", seen(ROOT, STATUS, answer(503, ""), Liveness.RUNNING), Unhealthy.class),
        arguments(
            "probe names no version",
            seen(ROOT, STATUS, new Answered(200, Optional.empty(), ""), Liveness.RUNNING),
            Unhealthy.class),
        arguments("proxy refuses", seen(ROOT, STATUS, OFF, Liveness.RUNNING), Unhealthy.class),
        arguments("proxy silent", seen(ROOT, STATUS, DARK, Liveness.RUNNING), Unhealthy.class),
        arguments(
            "only the proxy still answers",
            seen(OFF, OFF, PROXY, Liveness.NOT_RUNNING),
            Unhealthy.class),
        arguments(
            "other version",
            seen(root("2.1.4", "kong"), STATUS, PROXY, Liveness.RUNNING),
            OtherVersion.class),
        arguments(
            "other version through the proxy",
            seen(ROOT, STATUS, new Answered(200, Optional.of(V214), ""), Liveness.RUNNING),
            OtherVersion.class),
        arguments("down", seen(OFF, OFF, OFF, Liveness.NOT_RUNNING), Stopped.class),
        arguments(
            "down, not Kong's own command", seen(OFF, OFF, OFF, Liveness.UNASKED), Stopped.class),
        arguments(
            "refuses and its process runs", seen(OFF, OFF, OFF, Liveness.RUNNING), Unhealthy.class),
        arguments("refuses and nobody knows", seen(OFF, OFF, OFF, Liveness.UNCLEAR), Unknown.class),
        arguments(
            "silence is not down", seen(DARK, DARK, DARK, Liveness.NOT_RUNNING), Unknown.class),
        arguments(
            "one silence is enough", seen(OFF, OFF, DARK, Liveness.NOT_RUNNING), Unknown.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("observations")
  void an_observation_makes_a_state(String name, NodeObservation seen, Class<?> state) {
    assertThat(seen.state(EXPECTED)).isInstanceOf(state);
  }

  @Test
  void a_status_listener_counts_as_well() {
    NodeObservation seen =
        new NodeObservation(ROOT, STATUS, Optional.of(OFF), PROXY, Liveness.RUNNING);
    assertThat(seen.state(EXPECTED)).isEqualTo(new Unhealthy("Status API refuses"));
  }

  @Test
  void without_a_probe_any_answer_of_the_right_version_will_do() {
    NodeObservation seen = seen(ROOT, STATUS, answer(404, ""), Liveness.RUNNING);
    assertThat(seen.state(new Expected(V222, "postgres/kong", Optional.empty())))
        .isEqualTo(new Healthy(V222));
  }

  @Test
  void all_that_is_wrong_is_told() {
    NodeObservation seen = seen(root("2.2.2", "other"), NO_DATABASE, OFF, Liveness.RUNNING);
    assertThat(seen.state(EXPECTED).told())
        .contains("postgres/other")
        .contains("reachable")
        .contains("proxy refuses");
  }

  private static NodeObservation seen(
      Reading root, Reading status, Reading proxy, Liveness process) {
    return new NodeObservation(root, status, Optional.empty(), proxy, process);
  }

  @Test
  void a_data_plane_is_healthy_only_by_an_answered_probe_of_a_known_route() {
    assertThat(dataPlane(answer(200, ""), Optional.of(200))).isInstanceOf(Healthy.class);
    assertThat(dataPlane(answer(404, ""), Optional.of(200)).told()).endsWith("404 instead of 200");
    String nothing = "{\"message\":\"no Route matched with those values\"}";
    assertThat(dataPlane(answer(404, nothing), Optional.of(200)).told())
        .endsWith("404 instead of 200: it has no configuration yet, or none with that route");
    assertThat(dataPlane(answer(404, ""), Optional.empty()).told()).contains("without a `probe`");
    assertThat(dataPlane(OFF, Optional.of(200)).told()).contains("proxy refuses");
  }

  private static NodeState dataPlane(Reading proxy, Optional<Integer> probe) {
    return new NodeObservation(OFF, OFF, Optional.of(STATUS), proxy, Liveness.RUNNING)
        .state(new Expected(V222, "postgres/kong", probe, NodeObservation.Kind.DATA_PLANE, OAUTH2));
  }

  @Test
  void a_node_of_the_same_version_without_the_plugins_that_are_asked_for_is_not_the_one() {
    Expected more =
        new Expected(V222, "postgres/kong", Optional.of(200), NodeObservation.Kind.WHOLE, OAUTH2);
    assertThat(seen(withPlugins("key-auth"), STATUS, PROXY, Liveness.RUNNING).state(more))
        .isEqualTo(new Unhealthy("plugins.available_on_server of its Admin API lacks [oauth2]"));
    assertThat(seen(ROOT, STATUS, PROXY, Liveness.RUNNING).state(more))
        .isInstanceOf(Unhealthy.class);
    assertThat(seen(withPlugins("oauth2"), STATUS, PROXY, Liveness.RUNNING).state(more))
        .isEqualTo(new Healthy(V222));
  }

  private static Reading withPlugins(String name) {
    return answer(
        200,
        """
        {"version": "2.2.2", "configuration": {"database": "postgres", "pg_database": "kong"},
         "plugins": {"available_on_server": {"%s": true}}}
        """
            .formatted(name));
  }

  @Test
  void a_control_plane_proxies_nothing_and_a_whole_node_must() {
    NodeObservation seen =
        new NodeObservation(ROOT, STATUS, Optional.empty(), OFF, Liveness.RUNNING);
    assertThat(
            seen.state(
                new Expected(
                    V222,
                    "postgres/kong",
                    Optional.of(200),
                    NodeObservation.Kind.CONTROL_PLANE,
                    Set.of())))
        .isInstanceOf(Healthy.class);
    assertThat(seen.state(EXPECTED)).isInstanceOf(Unhealthy.class);
  }

  @Test
  void a_node_without_datastore_says_off() {
    Reading root = answer(200, "{\"version\":\"2.2.2\",\"configuration\":{\"database\":\"off\"}}");
    NodeObservation seen =
        new NodeObservation(root, STATUS, Optional.empty(), PROXY, Liveness.RUNNING);
    assertThat(seen.state(new Expected(V222, "off", Optional.of(200)))).isInstanceOf(Healthy.class);
    assertThat(seen.state(EXPECTED).told()).contains("it uses off instead of postgres/kong");
  }

  @Test
  void a_community_node_is_not_the_enterprise_one_of_its_base() {
    Build enterprise = Build.in("2.2.2.0-enterprise-edition").orElseThrow();
    Expected expected = new Expected(enterprise, "postgres/kong", Optional.of(200));
    assertThat(seen(ROOT, STATUS, PROXY, Liveness.RUNNING).state(expected).told())
        .isEqualTo("answers as 2.2.2 of Community");
    Reading root = root("2.2.2.0-enterprise-edition", "kong");
    Reading notFound = new Answered(404, Optional.of(enterprise), "");
    assertThat(
            new NodeObservation(
                    withHeader(root, enterprise),
                    withHeader(STATUS, enterprise),
                    Optional.empty(),
                    notFound,
                    Liveness.RUNNING)
                .state(new Expected(enterprise, "postgres/kong", Optional.empty())))
        .isEqualTo(new Healthy(enterprise));
  }

  private static Reading withHeader(Reading reading, Build build) {
    Answered answered = (Answered) reading;
    return new Answered(answered.status(), Optional.of(build), answered.body());
  }
}
