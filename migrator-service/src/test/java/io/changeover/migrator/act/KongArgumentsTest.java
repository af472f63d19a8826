package io.changeover.migrator.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.changeover.worker.kong.Commands;
import io.changeover.worker.kong.KongArguments;
import io.changeover.worker.kong.KongArguments.Timeouts;
import io.changeover.worker.kong.KongArguments.Verb;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KongArgumentsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Optional<String> CONF = Optional.of("/etc/kong/green.conf");
  private static final Optional<String> PREFIX = Optional.of("/usr/local/kong");

  private static List<List<String>> everything() {
    List<List<String>> all = new ArrayList<>();
    for (Verb verb : Verb.values()) {
      all.add(KongArguments.migrate(verb, CONF, new Timeouts(HOUR, HOUR)));
    }
    all.add(KongArguments.configParse(CONF, "/kong.yml"));
    all.add(KongArguments.configImport(CONF, "/kong.yml"));
    all.add(KongArguments.configExport(CONF, "/kong.yml"));
    all.add(KongArguments.version());
    all.add(KongArguments.list(CONF, HOUR));
    all.add(KongArguments.start(CONF, PREFIX));
    all.add(KongArguments.quit(PREFIX, HOUR));
    all.add(KongArguments.stop(PREFIX));
    all.add(KongArguments.health(PREFIX));
    return all;
  }

  @Test
  void migrations_get_their_timeouts_and_their_file() {
    assertThat(KongArguments.migrate(Verb.UP, CONF, new Timeouts(Duration.ofMinutes(2), HOUR)))
        .containsExactly(
            "migrations",
            "up",
            "--conf",
            "/etc/kong/green.conf",
            "--db-timeout",
            "120",
            "--lock-timeout",
            "3600");
  }

  @Test
  void a_node_gets_its_prefix() {
    assertThat(KongArguments.quit(PREFIX, Duration.ofSeconds(7)))
        .containsExactly("quit", "--prefix", "/usr/local/kong", "--timeout", "7");
  }

  @Test
  void nothing_forces_and_nothing_resets() {
    assertThat(everything())
        .allSatisfy(
            words ->
                assertThat(words)
                    .doesNotContain("-f", "--force", "reset", "-y", "--yes", "--run-migrations"));
  }

  @Test
  void every_way_to_make_arguments_was_looked_at() {
    List<String> ways =
        Stream.of(KongArguments.class.getDeclaredMethods())
            .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .toList();
    assertThat(ways)
        .containsExactlyInAnyOrder(
            "version",
            "list",
            "migrate",
            "configParse",
            "configImport",
            "configExport",
            "start",
            "quit",
            "stop",
            "health");
  }

  /// The words themselves do not occur in the program: there is no text to build such an argv from.
  @Test
  void no_source_holds_a_word_that_forces_or_resets() throws IOException {
    Pattern word = Pattern.compile("\"(-f|--force|reset|-y|--yes)\"");
    try (Stream<Path> own = Files.walk(Path.of("src/main/java"));
        Stream<Path> kit = Files.walk(Path.of("../worker-kit/src/main/java"));
        Stream<Path> sources = Stream.concat(own, kit)) {
      List<Path> java = sources.filter(path -> path.toString().endsWith(".java")).toList();
      assertThat(java).hasSizeGreaterThan(30);
      for (Path source : java) {
        assertThat(word.matcher(Files.readString(source)).find()).as(source.toString()).isFalse();
      }
    }
  }

  /// Only [Commands] starts processes, so that none goes past the words above, the masking and the
  /// deadlines.
  @Test
  void only_one_class_starts_processes() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.changeover.migrator", "io.changeover.worker");
    com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Commands.class.getName())
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.Runtime")
        .check(classes);
  }
}
