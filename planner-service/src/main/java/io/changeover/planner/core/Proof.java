package io.changeover.planner.core;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which facts make a phase's COMPLETED believable. A worker that says "done" without them is
/// treated like one that failed for a reason nobody knows: the upgrade is held.
final class Proof {
  private static final Set<String> BEFORE_UP =
      Set.of("executed", "new", "pending", "pending-and-new");

  /// The share of requests that counts as all of them.
  private static final double ALL = 0.99;

  private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private Proof() {}

  /// What is missing or wrong, in words; empty when the facts prove the phase in a hop of this
  /// procedure, after what was seen in it.
  static Optional<String> lacks(
      Procedure procedure, Seen seen, Phase phase, Map<String, String> facts) {
    List<String> lacking =
        needs(procedure, seen, phase).stream()
            .filter(need -> !need.met(facts))
            .map(need -> need.words(facts))
            .toList();
    return lacking.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", lacking));
  }

  /// The facts that a phase has to bring, in words; for people.
  static List<String> of(Procedure procedure, Phase phase) {
    return needs(procedure, Seen.NONE, phase).stream()
        .map(need -> need.fact() + " " + need.rule())
        .toList();
  }

  /// A weight in percent, rounded; 0 when it is not there, which [#lacks] has ruled out before.
  static int percent(Map<String, String> facts, String fact) {
    return (int) Math.round(decimal(facts.getOrDefault(fact, "")).orElse(0));
  }

  private record Need(String fact, String rule, Predicate<Map<String, String>> holds) {
    boolean met(Map<String, String> facts) {
      return facts.containsKey(fact) && holds.test(facts);
    }

    String words(Map<String, String> facts) {
      String value = facts.get(fact);
      return fact + " " + rule + (value == null ? " (absent)" : " (got '" + value + "')");
    }
  }

  /// What a procedure asks for instead, or the usual.
  private static List<Need> needs(Procedure procedure, Seen seen, Phase phase) {
    return switch (procedure) {
      case Procedure.Shared _, Procedure.Copy _, Procedure.Downtime _, Procedure.Hybrid _ ->
          needs(phase);
      case Procedure.Community _ ->
          phase.action() == Action.VERIFY
              ? Stream.concat(needs(phase).stream(), Stream.of(counted(seen))).toList()
              : needs(phase);
      case Procedure.DbLess _ -> withoutDatastore(phase);
      case Procedure.Fresh _ -> fresh(seen, phase);
    };
  }

  private static Need counted(Seen seen) {
    return new Need(
        "entities.after",
        seen.entities().isEmpty() ? "= entities.before" : "= " + seen.entities(),
        facts -> !seen.entities().isEmpty() && seen.entities().equals(facts.get("entities.after")));
  }

  /// There is no schema to have a state.
  private static List<Need> withoutDatastore(Phase phase) {
    Action action = phase.action();
    if (action == Action.PREFLIGHT) {
      return List.of(is("schema.state", "none"));
    }
    if (action == Action.VERIFY) {
      return List.of(is("schema.state", "none"), atLeastOne("nodes.healthy"));
    }
    return action == Action.STOP_NODES ? List.of(is("nodes.running", "0")) : needs(phase);
  }

  private static List<Need> fresh(Seen seen, Phase phase) {
    return switch (phase.action()) {
      case PREFLIGHT -> List.of(oneOf("schema.state", Set.of("none", "needs-bootstrap")));
      case BOOTSTRAP -> List.of(present("schema.before"), is("schema.after", "executed"));
      case VERIFY -> seen.parsed() ? withoutDatastore(phase) : needs(phase);
      default -> needs(phase);
    };
  }

  private static List<Need> needs(Phase phase) {
    return switch (phase.action()) {
      case PREFLIGHT -> List.of(oneOf("schema.state", BEFORE_UP));
      case PREFLIGHT_ROUTER -> List.of(weight("weight.blue"), weight("weight.green"));
      case BACKUP -> List.of(present("backup.sha256"), number("backup.rows"));
      case FENCE_ADMIN, OPEN_ADMIN -> List.of(is("admin.open", word(phase)));
      case FREEZE_ADMIN -> List.of(is("admin.open", "none"), is("admin.frozen", word(phase)));
      case MIGRATE_UP ->
          List.of(present("schema.before"), oneOf("schema.after", Set.of("executed", "pending")));
      case BOOTSTRAP ->
          List.of(
              present("schema.before"), is("schema.after", "executed"), is("keyspace.rows", "0"));
      case PARSE_CONFIG -> List.of(is("config.parsed", "true"));
      case COPY, IMPORT -> List.of(number("copy.rows"), number("copy.tables"), digest());
      case EXPORT, TRANSFER -> List.of(sha256("dump.sha256"));
      case COMPARE -> List.of(is("compare.equal", "true"), wholeRing(), digest());
      case START_NODES -> List.of(atLeastOne("nodes.running"), allHealthy());
      case SHIFT, SOAK -> traffic(Objects.requireNonNull(phase.shift()).weight());
      case DRAIN -> List.of(number("sessions.blue"));
      case DELTA -> List.of(number("delta.rows"), atLeastOne("delta.passes"), digest());
      case STOP_NODES -> stopped(phase);
      case MIGRATE_FINISH -> List.of(is("schema.after", "executed"));
      case VERIFY -> List.of(is("schema.state", "executed"), atLeastOne("nodes.healthy"));
      case RESTORE_TRAFFIC -> List.of(is("weight.green", "0"));
      case VERIFY_ROLLBACK -> List.of(atLeastOne("nodes.healthy"));
      case RUNBOOK -> List.of();
    };
  }

  private static String word(Phase phase) {
    return Objects.requireNonNull(phase.side()).word();
  }

  private static List<Need> traffic(int weight) {
    return List.of(
        is("weight.green", Integer.toString(weight)),
        is("weight.blue", Integer.toString(100 - weight)),
        number("requests.green"),
        number("requests.blue"),
        weight == 100 ? allOnGreen() : present("share.green"));
  }

  /// All traffic on green, unless there was none to look at. What is left to blue's share are
  /// requests that were on their way.
  private static Need allOnGreen() {
    return new Need("share.green", "at least " + ALL, facts -> share(facts) >= ALL || idle(facts));
  }

  private static double share(Map<String, String> facts) {
    return decimal(facts.getOrDefault("share.green", "")).orElse(0);
  }

  private static boolean idle(Map<String, String> facts) {
    return "0".equals(facts.get("requests.green")) && "0".equals(facts.get("requests.blue"));
  }

  /// A runbook stops nodes, but the role in the database is the migrator's to take: with blue's
  /// last nodes, which data planes are not.
  private static List<Need> stopped(Phase phase) {
    boolean last = phase.side() == Side.BLUE && phase.role() != Role.DATA_PLANE;
    Stream<Need> fenced =
        last && phase.worker() != Worker.RUNBOOK
            ? Stream.of(oneOf("fence.role", Set.of("none", "revoked")))
            : Stream.empty();
    return Stream.concat(Stream.of(is("nodes.running", "0")), fenced).toList();
  }

  private static Need present(String fact) {
    return new Need(fact, "present", facts -> !facts.getOrDefault(fact, "").isBlank());
  }

  /// Of blue's configuration; the tables may stay unnamed.
  private static Need digest() {
    return sha256("digest.config");
  }

  private static Need sha256(String fact) {
    return new Need(
        fact,
        "a SHA-256 in hexadecimal",
        facts -> SHA256.matcher(facts.getOrDefault(fact, "")).matches());
  }

  private static Need wholeRing() {
    return new Need(
        "compare.coverage",
        "= 1",
        facts -> decimal(facts.getOrDefault("compare.coverage", "")).orElse(0) == 1);
  }

  private static Need number(String fact) {
    return new Need(fact, "a whole number", facts -> wholeNumber(facts.getOrDefault(fact, "")));
  }

  private static Need weight(String fact) {
    return new Need(
        fact,
        "a weight in percent",
        facts -> {
          OptionalDouble percent = decimal(facts.getOrDefault(fact, ""));
          return percent.isPresent() && percent.getAsDouble() <= 100;
        });
  }

  private static OptionalDouble decimal(String value) {
    return DECIMAL.matcher(value).matches()
        ? OptionalDouble.of(Double.parseDouble(value))
        : OptionalDouble.empty();
  }

  private static Need is(String fact, String value) {
    return new Need(fact, "= " + value, facts -> value.equals(facts.get(fact)));
  }

  private static Need oneOf(String fact, Set<String> values) {
    String words = "one of " + String.join(", ", values.stream().sorted().toList());
    return new Need(fact, words, facts -> values.contains(facts.getOrDefault(fact, "")));
  }

  private static Need atLeastOne(String fact) {
    return new Need(
        fact,
        "at least 1",
        facts -> {
          String value = facts.getOrDefault(fact, "");
          return wholeNumber(value) && Long.parseLong(value) >= 1;
        });
  }

  private static Need allHealthy() {
    return new Need(
        "nodes.healthy",
        "= nodes.running",
        facts -> Objects.equals(facts.get("nodes.healthy"), facts.get("nodes.running")));
  }

  private static boolean wholeNumber(String value) {
    return !value.isEmpty()
        && value.length() <= 18
        && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
