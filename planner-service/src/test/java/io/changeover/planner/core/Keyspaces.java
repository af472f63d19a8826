package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;

/// Blue's keyspace and green's in numbers: each write makes the next one.
final class Keyspaces {
  private final Random random;
  private int config;
  private int tokens;
  private int exportedConfig = -1;
  private int exportedTokens;
  private boolean arrived;
  private int greenConfig = -1;
  private int greenTokens = -1;
  private boolean bootstrapped;
  private boolean compared;
  private boolean drained;
  private int frozenConfig = -1;
  private int saidConfig = -1;

  Keyspaces(Random random) {
    this.random = random;
  }

  boolean bootstrapped() {
    return bootstrapped;
  }

  void trafficWrites() {
    tokens++;
  }

  void somebodyWrites() {
    config++;
  }

  /// What migrator and exporter do and see.
  ///
  /// @return facts beside the usual ones
  Map<String, String> does(Phase phase) {
    return switch (phase.action()) {
      case BOOTSTRAP -> {
        bootstrapped = true;
        yield Map.of();
      }
      case COPY -> copied();
      case EXPORT -> {
        exportedConfig = config;
        exportedTokens = tokens;
        arrived = false;
        yield Map.of();
      }
      case TRANSFER -> {
        arrived = true;
        yield Map.of();
      }
      case IMPORT -> filled(exportedConfig, exportedTokens);
      case COMPARE -> {
        compared = greenConfig == config;
        yield Evidences.with(digest(config), Map.of("compare.equal", Boolean.toString(compared)));
      }
      case DRAIN -> {
        drained = true;
        yield Map.of();
      }
      case DELTA -> {
        greenTokens = tokens;
        yield digest(config);
      }
      default -> Map.of();
    };
  }

  /// What changes while it copies comes along, but was not there at the freeze.
  private Map<String, String> copied() {
    int found = config;
    if (random.nextInt(20) == 0) {
      somebodyWrites();
    }
    filled(found, tokens);
    greenConfig = config;
    return digest(found);
  }

  private Map<String, String> filled(int newConfig, int newTokens) {
    greenConfig = newConfig;
    greenTokens = newTokens;
    frozenConfig = frozenConfig < 0 ? newConfig : frozenConfig;
    compared = false;
    return digest(newConfig);
  }

  private Map<String, String> digest(int said) {
    saidConfig = said;
    return Map.of("digest.config", "%064x".formatted(said), "digest.tables", "plugins=" + said);
  }

  /// Whether what was copied is of another configuration than blue's.
  boolean spoilt() {
    return frozenConfig >= 0 && (greenConfig != config || frozenConfig != config);
  }

  /// The planner commands a phase of a copy.
  void asked(Phase phase) {
    switch (phase.action()) {
      case COPY -> assertThat(bootstrapped).as("a keyspace to copy into").isTrue();
      case IMPORT -> assertThat(bootstrapped && arrived).as("something to import").isTrue();
      case START_NODES -> {
        assertThat(compared).as("green starts on what is equal").isTrue();
        assertThat(saidConfig).as("green starts on what was frozen").isEqualTo(frozenConfig);
      }
      case STOP_NODES -> {
        if (phase.side() == Side.BLUE) {
          assertThat(drained && greenTokens == tokens).as("nothing of blue is lost").isTrue();
          assertThat(saidConfig).as("blue is as it was frozen").isEqualTo(frozenConfig);
        }
      }
      default -> {}
    }
  }
}
