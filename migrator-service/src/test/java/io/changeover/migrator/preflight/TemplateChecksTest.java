package io.changeover.migrator.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Node;
import io.changeover.messages.Finding;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.report.Findings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateChecksTest {

  private static final List<String> KONG = List.of("/opt/kong");

  private static Node node(String name, List<String> command, Optional<List<String>> start) {
    return new Node(
        name,
        Optional.empty(),
        Optional.empty(),
        URI.create("http://127.0.0.1:8001"),
        URI.create("http://127.0.0.1:8000"),
        Optional.empty(),
        name,
        Optional.empty(),
        command,
        Map.of(),
        start,
        Optional.empty(),
        Optional.empty());
  }

  private static List<Finding> found(Node... green) {
    Findings findings = new Findings();
    TemplateChecks.look(new Release(2, 1, 4), new Release(2, 2, 2), List.of(green), findings);
    return findings.all();
  }

  @Test
  void nodes_that_start_with_a_template_of_their_own_are_named() {
    assertThat(
            found(
                node("green-2", KONG, Optional.of(List.of("kong", "start", "--nginx-conf=/a"))),
                node("green-1", KONG, Optional.of(List.of("kong", "start", "--nginx-conf", "/a"))),
                node("green-3", KONG, Optional.of(List.of("kong", "start")))))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.getCode()).isEqualTo("nginx.template");
              assertThat(finding.getEvidence())
                  .contains("green-1, green-2")
                  .doesNotContain("green-3");
            });
  }

  @Test
  void nothing_is_said_where_no_word_says_so() {
    assertThat(found(node("green-1", KONG, Optional.empty()))).isEmpty();
  }
}
