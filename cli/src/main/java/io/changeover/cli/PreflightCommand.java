package io.changeover.cli;

import io.changeover.cli.client.Problem;
import io.changeover.cli.preflight.ClusterResult;
import io.changeover.cli.preflight.EstatePreflight;
import io.changeover.cli.preflight.Found;
import io.changeover.cli.preflight.HtmlReport;
import io.changeover.cli.preflight.JsonReport;
import io.changeover.cli.preflight.TableText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "preflight",
    description =
        "Look at everything that speaks against an upgrade of these clusters; changes nothing, and needs no Kafka and no planner. Exits with 0 when no cluster has a blocker, 1 when one has, 2 for a wrong call.",
    mixinStandardHelpOptions = true)
final class PreflightCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "CLUSTER",
      description = "names of the inventory; or --all")
  private List<String> clusters = new ArrayList<>();

  @Option(names = "--all", description = "every cluster of the inventory")
  private boolean all;

  @Option(
      names = "--inventory",
      paramLabel = "DIR",
      required = true,
      description = "the folder of YAML files that describes the clusters")
  private Path inventory = Path.of("");

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description =
          "the version to move to (default: the newest that the inventory describes of each cluster)")
  private @Nullable String to;

  @Option(
      names = "--plugin",
      paramLabel = "NAME",
      description = "a plugin that the move shall bring; may be repeated")
  private List<String> plugins = new ArrayList<>();

  @Option(names = "--json", description = "print JSON instead of the table")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "also write a report for people, one file")
  private @Nullable Path html;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "16",
      description = "clusters that are looked at together (default: ${DEFAULT-VALUE})")
  private int parallel;

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      defaultValue = "60s",
      converter = Span.class,
      description =
          "the time that one cluster gets, such as 500ms, 60s or 2m (default: ${DEFAULT-VALUE})")
  private Duration deadline = Duration.ZERO;

  @Override
  public Integer call() throws InterruptedException {
    EstatePreflight preflight = prepared();
    Set<String> wanted = new HashSet<>(clusters);
    List<ClusterResult> results = preflight.look(name -> all || wanted.contains(name));
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Instant at = Instant.now();
    if (json) {
      out.println(JsonReport.of(results, at));
    } else {
      TableText.table(results).forEach(out::println);
      if (!all) {
        results.stream().map(TableText::details).flatMap(List::stream).forEach(out::println);
      }
    }
    if (html != null) {
      write(html, HtmlReport.of(results, at));
    }
    return results.stream().anyMatch(result -> result.count(Found.Severity.BLOCKER) > 0) ? 1 : 0;
  }

  /// Everything that can be wrong with the call, before the first look.
  private EstatePreflight prepared() {
    if (all != clusters.isEmpty()) {
      throw Problem.usage("Expected names of clusters or --all, one of the two");
    }
    if (!Files.isDirectory(inventory)) {
      throw Problem.usage(
          "Expected --inventory to be a folder, but %s is none".formatted(inventory));
    }
    if (parallel < 1 || parallel > 256) {
      throw Problem.usage("Expected --parallel from 1 to 256, but got " + parallel);
    }
    if (html != null) {
      Path folder = html.toAbsolutePath().getParent();
      if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(html)) {
        throw Problem.usage(
            "Expected --html to be a file in a folder that is there, but got " + html);
      }
    }
    EstatePreflight preflight = EstatePreflight.of(inventory, to, plugins, parallel, deadline);
    List<String> unknown = new ArrayList<>(clusters);
    unknown.removeAll(preflight.names());
    if (!unknown.isEmpty()) {
      throw Problem.usage(
          "Expected clusters of the inventory %s, but it has none of the name %s; it has %s"
              .formatted(inventory, unknown, preflight.names()));
    }
    return preflight;
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw Problem.unreachable(
          "Expected to write %s, but %s".formatted(file, e.getClass().getSimpleName()));
    }
  }

  /// A time span as the inventory writes it.
  static final class Span implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,6})(ms|s|m)");

    @Override
    public Duration convert(String value) {
      Matcher matcher = FORM.matcher(value);
      if (!matcher.matches()) {
        throw new TypeConversionException("expected a span such as 500ms, 60s or 2m");
      }
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        default -> Duration.ofMinutes(number);
      };
    }
  }
}
