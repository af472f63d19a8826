package io.changeover.cli;

import io.changeover.cli.client.Problem;
import io.changeover.cli.demo.Demo;
import io.changeover.cli.demo.Injection;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      defaultValue = "postgres",
      description = "the procedure: postgres (default: ${DEFAULT-VALUE})")
  private String scenario = "";

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

  @Option(names = "--keep", description = "leave everything running until Ctrl-C")
  private boolean keep;

  @Override
  public Integer call() throws InterruptedException {
    if (!scenario.equals("postgres")) {
      throw Problem.usage("Expected --scenario postgres, but got " + scenario);
    }
    try (Demo demo = new Demo(Demo.Setting.of(injection(), builtInRouter))) {
      Stopping.onSignal(demo::close);
      boolean holds = run(demo);
      if (keep) {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        demo.describe().forEach(out::println);
        out.println("Everything is left running; Ctrl-C ends it and removes its folder.");
        out.flush();
        new CountDownLatch(1).await();
      }
      return holds ? 0 : Problem.FAILED;
    }
  }

  private boolean run(Demo demo) throws InterruptedException {
    boolean holds = false;
    try {
      holds = demo.run(Optional.ofNullable(report));
      return holds;
    } finally {
      if (!holds && !Stopping.begun()) {
        var err = Objects.requireNonNull(spec).commandLine().getErr();
        err.println("What the processes said is kept in " + demo.keepLogs());
        err.flush();
      }
    }
  }

  private Injection injection() {
    return switch (inject) {
      case null -> Injection.NONE;
      case "green-errors" -> Injection.GREEN_ERRORS;
      default -> throw Problem.usage("Expected --inject green-errors, but got " + inject);
    };
  }
}
