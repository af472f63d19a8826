package io.changeover.worker;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Secret;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.messages.Finding;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Keeps a cluster's secrets out of texts that leave the process.
public final class Redaction {

  private static final String MASK = "****";
  private static final int LONGEST_TEXT = 4_000;

  /// Shorter values would blot out half of every text; nobody should have such a password.
  private static final int SHORTEST = 3;

  private static final Pattern IN_ADDRESS = Pattern.compile("(://[^\\s:/@]*:)[^\\s@/]+@");
  private static final Pattern IN_SETTING =
      Pattern.compile("(?i)(pass(?:word|wd)?|secret|token|apikey)(\\s*[=:]\\s*)[^\\s,;&\"']+");

  private final List<String> values;

  private Redaction(List<String> values) {
    this.values = values;
  }

  /// Knows every secret of a cluster that can be resolved here.
  public static Redaction of(Cluster cluster) {
    return new Redaction(
        cluster.secrets().stream()
            .map(Redaction::resolved)
            .flatMap(Optional::stream)
            .filter(value -> value.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  /// Knows no secret, only what secrets look like.
  public static Redaction blind() {
    return new Redaction(List.of());
  }

  private static Optional<String> resolved(Secret secret) {
    try {
      return Optional.of(secret.resolve());
    } catch (UnresolvedSecretException e) {
      return Optional.empty();
    }
  }

  /// The text without the secrets, and not longer than a report should be.
  public String text(String text) {
    String clean = text;
    for (String value : values) {
      clean = clean.replace(value, MASK);
    }
    clean = shapes(clean);
    return clean.length() <= LONGEST_TEXT ? clean : clean.substring(0, LONGEST_TEXT) + "…";
  }

  private static String shapes(String text) {
    String clean = IN_ADDRESS.matcher(text).replaceAll("$1" + MASK + "@");
    return IN_SETTING.matcher(clean).replaceAll("$1$2" + MASK);
  }

  /// The facts, cleaned where they are sentences. A single word is an observed value: a proof must
  /// not change because somebody's password is `blue`.
  public Map<String, String> facts(Map<String, String> facts) {
    Map<String, String> clean = new LinkedHashMap<>();
    facts.forEach(
        (name, value) ->
            clean.put(name, value.strip().contains(" ") ? text(value) : shapes(value)));
    return Collections.unmodifiableMap(clean);
  }

  /// The outcome with clean texts.
  public Outcome outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> new Outcome.Done(facts(done.facts()), findings(done.findings()));
      case Outcome.Failed failed ->
          new Outcome.Failed(
              failed.kind(),
              text(failed.reason()),
              text(failed.expected()),
              text(failed.remedy()),
              facts(failed.facts()),
              findings(failed.findings()));
    };
  }

  private List<Finding> findings(List<Finding> findings) {
    return findings.stream()
        .map(
            finding ->
                Finding.newBuilder(finding)
                    .setMessage(text(finding.getMessage()))
                    .setEvidence(text(finding.getEvidence()))
                    .setRemedy(text(finding.getRemedy()))
                    .build())
        .toList();
  }
}
