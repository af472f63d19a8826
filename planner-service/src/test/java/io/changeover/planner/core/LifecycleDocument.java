package io.changeover.planner.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// `docs/lifecycle.md`, from the code: what the core can do is found by trying, not written down.
public final class LifecycleDocument {
  static final Path FILE = Path.of("..", "docs", "lifecycle.md");

  private static final List<String> STAGES =
      List.of(
          "not-started",
          "queued",
          "advancing",
          "at-gate",
          "paused",
          "held",
          "rolling-back",
          "rollback-held",
          "completing",
          "completing-at-gate",
          "held-committed",
          "finished",
          "rolled-back",
          "cancelled",
          "refused");

  private static final Hop SHARED = hop(Inventories.start(ask -> ask));

  private LifecycleDocument() {}

  /// Writes the page; run from `planner-service`.
  public static void main(String[] arguments) throws IOException {
    Files.createDirectories(FILE.getParent());
    Files.writeString(FILE, text());
  }

  static String text() {
    Exploration exploration = new Exploration();
    return String.join(
        "\n",
        "# The life of an upgrade",
        "",
        "Generated from `planner-service` (`io.changeover.planner.core`) by `LifecycleDocument`; a"
            + " test fails when this page and the code differ.",
        "Write it again with `./mvnw -q -pl planner-service -am test -Dtest=LifecycleDocumentTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dlifecycle.write=true`.",
        "",
        "## Stages",
        "",
        "*Back* says whether the stage can roll back: past the point of no return no stage can, by"
            + " its type. *Counted* stages take one of the planner's `maxInFlight` places.",
        "",
        "| stage | state | back | counted | ends |",
        "|---|---|---|---|---|",
        stages(),
        "",
        "## Transitions",
        "",
        "Every change of stage that trying every kind of input in every reachable situation found.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        diagram(exploration.transitions()),
        "```",
        "",
        "| from | input | decided | to |",
        "|---|---|---|---|",
        transitions(exploration.transitions()),
        "",
        "## Phases of `" + Procedure.Shared.WORD + "`",
        "",
        "With shifts to 25 % and 100 %; the inventory names its own. A COMPLETED without the facts"
            + " is a hold. The deadline is the planner's own for one attempt, on top of the time"
            + " that the phase has to last by its settings.",
        "",
        "| # | phase | action | worker | deadline | must prove |",
        "|---|---|---|---|---|---|",
        phases(SHARED),
        "",
        "Rollback takes those of these that undo what was ever commanded, in this order:",
        "",
        "| phase | action | worker | deadline | must prove |",
        "|---|---|---|---|---|",
        rollback(SHARED),
        "",
        "## Phases of `" + Procedure.Copy.WORD + "`",
        "",
        "By the way `copy`:",
        "",
        "| # | phase | action | worker | deadline | must prove |",
        "|---|---|---|---|---|---|",
        phases(hop(Way.COPY)),
        "",
        "By `dump` and `kong-yml` these stand in the place of `copy`; the gate only by `kong-yml`,"
            + " whatever the inventory says:",
        "",
        "| # | phase | action | worker | deadline | must prove |",
        "|---|---|---|---|---|---|",
        otherPhases(hop(Way.KONG_YML), hop(Way.COPY)),
        "",
        "Rollback takes those of these that undo what was ever commanded, and leaves green's keyspace"
            + " as it is; blue is never stopped before the point of no return:",
        "",
        "| phase | action | worker | deadline | must prove |",
        "|---|---|---|---|---|",
        rollback(hop(Way.COPY)),
        "",
        "Blue's configuration (`digest.config`) is remembered as the copy found it. Another one before"
            + " `start-green` or `stop-blue` is the hold `CONFIGURATION_CHANGED`, which names the"
            + " tables.",
        "",
        others(),
        "## Refusals and holds",
        "",
        "Refusals: " + words(RefusalReason.values()) + ".",
        "",
        "Holds: " + words(HoldCause.values()) + ".",
        "");
  }

  private static String stages() {
    return STAGES.stream().map(LifecycleDocument::stage).collect(Collectors.joining("\n"));
  }

  private static String stage(String name) {
    UpgradeState state = Journey.stage(name).state();
    return "| "
        + String.join(
            " | ",
            name,
            "`" + state.getClass().getSimpleName() + "`",
            state instanceof UpgradeState.Reversible ? "yes" : "",
            state.counted() ? "yes" : "",
            state.ended() ? "yes" : "")
        + " |";
  }

  private static String diagram(Map<Exploration.Edge, Set<String>> transitions) {
    Set<String> lines = new TreeSet<>();
    transitions.keySet().stream()
        .filter(edge -> !edge.from().equals(edge.to()))
        .collect(
            Collectors.groupingBy(
                edge -> id(edge.from()) + " --> " + id(edge.to()),
                Collectors.mapping(Exploration.Edge::input, Collectors.toCollection(TreeSet::new))))
        .forEach((arrow, inputs) -> lines.add("  " + arrow + ": " + String.join(", ", inputs)));
    return String.join("\n", lines);
  }

  private static String id(String stage) {
    return stage.replace('-', '_');
  }

  private static String transitions(Map<Exploration.Edge, Set<String>> transitions) {
    return transitions.entrySet().stream()
        .filter(entry -> !entry.getKey().from().equals(entry.getKey().to()))
        .map(
            entry ->
                "| %s | %s | %s | %s |"
                    .formatted(
                        entry.getKey().from(),
                        entry.getKey().input(),
                        String.join("<br>", entry.getValue()),
                        entry.getKey().to()))
        .collect(Collectors.joining("\n"));
  }

  private static String phases(Hop hop) {
    return rows(hop, step -> true);
  }

  private static String otherPhases(Hop hop, Hop known) {
    List<String> names = known.steps().stream().map(Step::name).toList();
    return rows(hop, step -> !names.contains(step.name()));
  }

  private static String rows(Hop hop, Predicate<Step> wanted) {
    List<Step> steps = hop.steps();
    return IntStream.range(0, steps.size())
        .filter(i -> wanted.test(steps.get(i)))
        .mapToObj(i -> "| " + (i + 1) + " | " + cells(hop, steps.get(i)))
        .collect(Collectors.joining("\n"));
  }

  private static String rollback(Hop hop) {
    return hop.rollback().stream()
        .map(phase -> "| " + cells(hop, phase))
        .collect(Collectors.joining("\n"));
  }

  private static String cells(Hop hop, Step step) {
    return switch (step) {
      case Gate gate ->
          String.join(
              " | ", gate.name(), "gate: waits for a person", "", "" + gate.deadline(), " |");
      case Phase phase -> cells(hop, phase);
    };
  }

  private static String cells(Hop hop, Phase phase) {
    Side side = phase.side();
    String action =
        phase.action().word()
            + (side == null ? "" : " " + side.word())
            + (hop.procedure().committedBy(phase) ? " (point of no return)" : "");
    return String.join(
            " | ",
            phase.name(),
            action,
            phase.worker().word(),
            phase.action().deadline().toString(),
            Proof.of(hop.procedure(), phase).stream()
                .map(need -> "`" + need.replaceFirst(" ", "` "))
                .collect(Collectors.joining(", ")))
        + " |";
  }

  private static Hop hop(Way way) {
    return hop(Inventories.startOf(draft -> draft.copying(way)));
  }

  private static String others() {
    return String.join(
        "\n",
        section(
            hop(Inventories.hops()),
            "From 1.5 to 2.1. Nobody is served from `drain-blue` to `open`; the planner adds"
                + " `downtime.seconds` to the facts of `open`, by its own clock, from the first"
                + " command to drain. The gate `dev-portal` stands unless the request acknowledges"
                + " `no-dev-portal`."),
        section(
            hop(Inventories.community()),
            "From Community to Enterprise of the same open-source base. `migrate-up` needs a backup"
                + " and `entities.before`, a count per workspace, from `preflight` or `backup`."),
        section(
            hop(Inventories.hybrid()),
            "Control planes first and last. `start-data-planes` needs green's control planes seen"
                + " up, `stop-control-planes` blue's data planes seen stopped."),
        section(
            hop(Inventories.dbLess()),
            "There is no datastore: no value of a hop has a migration or a finish here."),
        section(
            hop(Inventories.install(Inventories.Setting.USUAL.serving(""))),
            "Of a cluster that serves nothing yet, by `InstallCluster`. `open-admin` only where the"
                + " router fronts the Admin APIs. Hybrid clusters start their roles one by one; a"
                + " db-less one has `parse-config` in the place of `bootstrap`. What was"
                + " bootstrapped stays when it goes back."),
        "## Several hops",
        "",
        "An upgrade over several minors is one: `HopCompleted` stands between two hops, and is the"
            + " only way from past a point of no return to before one. The next hop begins with"
            + " nothing seen, its steps are named `hop2-…`, `hop3-…`, and a rollback undoes only"
            + " what that hop did.",
        "");
  }

  private static String section(Hop hop, String words) {
    return String.join(
        "\n",
        "## Phases of `" + hop.procedure().word() + "`",
        "",
        words,
        "",
        "| # | phase | action | worker | deadline | must prove |",
        "|---|---|---|---|---|---|",
        phases(hop),
        "",
        "Rollback:",
        "",
        "| phase | action | worker | deadline | must prove |",
        "|---|---|---|---|---|",
        rollback(hop),
        "");
  }

  private static Hop hop(Request.Opening start) {
    Planning.Outcome outcome = Planning.plan(start);
    return ((Planning.Possible) outcome).plan().hops().getFirst();
  }

  private static String words(Enum<?>[] values) {
    return java.util.Arrays.stream(values)
        .map(value -> "`" + value.name() + "`")
        .collect(Collectors.joining(", "));
  }
}
