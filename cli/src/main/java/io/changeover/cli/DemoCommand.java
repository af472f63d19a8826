package io.changeover.cli;

import io.changeover.cli.client.Problem;
import io.changeover.cli.demo.CopyWay;
import io.changeover.cli.demo.Demo;
import io.changeover.cli.demo.DemoReport;
import io.changeover.cli.demo.Injection;
import io.changeover.cli.demo.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = "Upgrade a stand-in cluster under load, from nothing, and judge the end.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final String ALL = "all";

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      defaultValue = "postgres",
      description =
          "the kind of cluster: ${COMPLETION-CANDIDATES}, or all, one after the other (default: ${DEFAULT-VALUE})",
      completionCandidates = Names.class)
  private String scenario = "";

  @Option(
      names = "--way",
      paramLabel = "NAME",
      defaultValue = "copy",
      description =
          "how the scenario cassandra fills green's keyspace: copy, dump or kong-yml (default: ${DEFAULT-VALUE})")
  private String way = "";

  @Option(
      names = "--inject",
      paramLabel = "FAULT",
      description = "what goes wrong: green-errors makes green answer a share of requests with 500")
  private @Nullable String inject;

  @Option(names = "--report", paramLabel = "FILE", description = "write the facts as JSON")
  private @Nullable Path report;

  @Option(
      names = "--built-in-router",
      description = "use the built-in router even where HAProxy is there")
  private boolean builtInRouter;

  @Option(
      names = "--at-most",
      paramLabel = "SECONDS",
      description = "fail when a run takes longer, from nothing to its judged end")
  private @Nullable Integer atMost;

  @Option(names = "--keep", description = "leave everything running until Ctrl-C")
  private boolean keep;

  @Override
  public Integer call() throws InterruptedException {
    Injection injection = injection();
    CopyWay copyWay = way();
    List<Scenario> scenarios = scenarios(injection);
    List<DemoReport.Facts> runs = new ArrayList<>();
    for (Scenario next : scenarios) {
      boolean last = runs.size() == scenarios.size() - 1;
      try (Demo demo = new Demo(Demo.Setting.of(next, copyWay, injection, builtInRouter))) {
        Stopping.onSignal(demo::close);
        runs.add(inTime(judge(demo)));
        if (report != null) {
          DemoReport.write(report, runs);
        }
        if (keep && last) {
          leaveRunning(demo);
        }
      }
    }
    return runs.stream().allMatch(DemoReport.Facts::holds) ? 0 : Problem.FAILED;
  }

  /// The run with its time as one more check, where a bound was asked for.
  private DemoReport.Facts inTime(DemoReport.Facts run) {
    if (atMost == null) {
      return run;
    }
    DemoReport.Facts bounded = run.atMost(Duration.ofSeconds(atMost));
    if (run.total().compareTo(Duration.ofSeconds(atMost)) <= 0) {
      return bounded;
    }
    var err = Objects.requireNonNull(spec).commandLine().getErr();
    err.printf(
        "Expected a run of at most %d s, but it took %.1f s%n",
        atMost, run.total().toMillis() / 1000.0);
    err.flush();
    return bounded;
  }

  private void leaveRunning(Demo demo) throws InterruptedException {
    demo.loadAgain();
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    demo.describe().forEach(out::println);
    out.println("Everything is left running; Ctrl-C ends it and removes its folder.");
    out.flush();
    new CountDownLatch(1).await();
  }

  private DemoReport.Facts judge(Demo demo) throws InterruptedException {
    boolean holds = false;
    try {
      DemoReport.Facts facts = demo.judge();
      holds = facts.holds();
      return facts;
    } finally {
      if (!holds && !Stopping.begun()) {
        var err = Objects.requireNonNull(spec).commandLine().getErr();
        err.println("What the processes said is kept in " + demo.keepLogs());
        err.flush();
      }
    }
  }

  /// A fault needs a run that can be rolled back: `all` leaves the others out.
  private List<Scenario> scenarios(Injection injection) {
    if (scenario.equals(ALL)) {
      return Stream.of(Scenario.values()).filter(one -> takes(one, injection)).toList();
    }
    Scenario named =
        Scenario.named(scenario)
            .orElseThrow(
                () ->
                    Problem.usage(
                        "Expected --scenario %s or %s, but got %s"
                            .formatted(String.join(", ", Scenario.words()), ALL, scenario)));
    if (!takes(named, injection)) {
      throw Problem.usage(
          "Expected --inject with a scenario that serves and can be rolled back, but got "
              + scenario);
    }
    return List.of(named);
  }

  private static boolean takes(Scenario scenario, Injection injection) {
    return injection == Injection.NONE || scenario.takesFaults();
  }

  private CopyWay way() {
    return CopyWay.named(way)
        .orElseThrow(
            () ->
                Problem.usage(
                    "Expected --way %s, but got %s"
                        .formatted(String.join(" or ", CopyWay.words()), way)));
  }

  private Injection injection() {
    return switch (inject) {
      case null -> Injection.NONE;
      case "green-errors" -> Injection.GREEN_ERRORS;
      default -> throw Problem.usage("Expected --inject green-errors, but got " + inject);
    };
  }

  /// What `--help` lists.
  private static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Scenario.words().iterator();
    }
  }
}
