package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class RequestOptionsTest {
  @Command
  private static final class Verb {
    @Mixin private final RequestOptions options = new RequestOptions();
  }

  private static String watch(String... args) {
    Verb verb = new Verb();
    new CommandLine(verb).parseArgs(args);
    return verb.options.watch();
  }

  @Test
  void what_is_said_to_be_typed_next_reaches_the_same_kafka() {
    String line = watch("payments-eu", "--kafka", "k1:9093,k2:9093", "--kafka-config", "my.conf");
    assertThat(line)
        .isEqualTo(
            "changeover watch payments-eu --from-beginning --kafka k1:9093,k2:9093 --kafka-config"
                + " my.conf");
    List<String> words = List.of(line.split(" "));
    Changeover.commandLine().parseArgs(words.subList(1, words.size()).toArray(String[]::new));
  }

  @Test
  void a_file_whose_name_a_shell_would_read_otherwise_is_quoted() {
    assertThat(watch("payments-eu", "--kafka", "k:1", "--kafka-config", "/o'neil/my kafka.conf"))
        .endsWith("--kafka k:1 --kafka-config '/o'\\''neil/my kafka.conf'");
  }
}
