package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class LifecycleDocumentTest {
  @Test
  void the_page_says_what_the_code_does() throws IOException {
    if (Boolean.getBoolean("lifecycle.write")) {
      LifecycleDocument.main(new String[0]);
    }
    assertThat(LifecycleDocument.FILE)
        .as("docs/lifecycle.md; write it again with -Dlifecycle.write=true")
        .exists();
    assertThat(Files.readString(LifecycleDocument.FILE)).isEqualTo(LifecycleDocument.text());
  }

  @Test
  void every_stage_can_be_reached_and_every_end_is_an_end() {
    Exploration exploration = new Exploration();
    assertThat(exploration.transitions().keySet())
        .extracting(Exploration.Edge::to)
        .contains("finished", "rolled-back", "cancelled", "refused", "held-committed");
    assertThat(exploration.transitions().keySet())
        .filteredOn(edge -> edge.from().equals("finished"))
        .allMatch(edge -> edge.to().equals("finished"));
    assertThat(exploration.transitions().keySet())
        .filteredOn(edge -> edge.from().startsWith("completing"))
        .noneMatch(edge -> edge.to().startsWith("roll"));
  }
}
