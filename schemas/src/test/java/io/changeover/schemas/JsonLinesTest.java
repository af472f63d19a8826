package io.changeover.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

  @BeforeAll
  static void trusted() {
    assertThat(Messages.ALL).isNotEmpty();
  }

  @Test
  void commands_and_reports_come_back_as_they_were() throws Exception {
    for (Schema schema :
        new Schema[] {PhaseCommand.getClassSchema(), PhaseReport.getClassSchema()}) {
      SpecificRecord sample = Samples.of(schema);
      String line = JsonLines.write(sample);
      assertThat(line).doesNotContain("\n").startsWith("{\"type\":\"" + schema.getName());
      assertThat(JsonLines.read(line, schema)).isEqualTo(sample);
    }
  }

  @Test
  void another_message_is_none() {
    assertThatThrownBy(
            () ->
                JsonLines.read(
                    JsonLines.write(Samples.of(PhaseReport.getClassSchema())),
                    PhaseCommand.getClassSchema()))
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining("PhaseReport");
  }
}
