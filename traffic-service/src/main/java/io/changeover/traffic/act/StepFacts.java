package io.changeover.traffic.act;

import io.changeover.schemas.Facts;
import io.changeover.traffic.decide.Gauge;
import io.changeover.traffic.decide.MetricName;
import io.changeover.traffic.decide.MetricTally;
import io.changeover.traffic.decide.Proportion;
import io.changeover.traffic.decide.Sides;
import io.changeover.traffic.decide.Split;
import io.changeover.traffic.decide.StepWatch;
import io.changeover.traffic.decide.Window;
import io.changeover.traffic.router.Observation;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// What was observed, as facts.
final class StepFacts {

  private StepFacts() {}

  static Map<String, String> weights(Observation observation, Sides sides) {
    Split split = Split.of(observation, sides);
    return Map.of(
        Facts.WEIGHT_BLUE, Split.percent(split.percentBlue()),
        Facts.WEIGHT_GREEN, Split.percent(split.percentGreen()));
  }

  static Map<String, String> requests(Window window, Proportion share) {
    Map<String, String> facts = new HashMap<>();
    facts.put(Facts.REQUESTS_BLUE, Long.toString(window.blue().counters().requests()));
    facts.put(Facts.REQUESTS_GREEN, Long.toString(window.green().counters().requests()));
    facts.put("failures.blue", Long.toString(window.blue().counters().failures()));
    facts.put("failures.green", Long.toString(window.green().counters().failures()));
    facts.put(Facts.SHARE_GREEN, decimal(share.share()));
    facts.put("share.green.low", decimal(share.low()));
    facts.put("share.green.high", decimal(share.high()));
    return facts;
  }

  static Map<String, String> of(StepWatch watch, Sides sides) {
    Map<String, String> facts = new HashMap<>(weights(watch.last(), sides));
    facts.putAll(requests(watch.total(), watch.share()));
    watch.run().tallies().forEach(tally -> facts.putAll(tally(tally)));
    watch.gauge().ifPresent(gauge -> facts.putAll(gauge(gauge)));
    return facts;
  }

  private static Map<String, String> tally(MetricTally tally) {
    return Map.of(
        "analysis." + tally.rule().name().word(),
        "successful=%d,failed=%d,inconclusive=%d,errors=%d"
            .formatted(tally.successful(), tally.failed(), tally.inconclusive(), tally.errors()));
  }

  private static Map<String, String> gauge(Gauge gauge) {
    Map<String, String> facts = new HashMap<>();
    facts.put(Facts.LATENCY_SOURCE, gauge.fromLog() ? "log" : "average");
    for (MetricName name : MetricName.values()) {
      put(facts, name, "green", gauge.green());
      put(facts, name, "blue", gauge.blue());
    }
    return facts;
  }

  private static void put(
      Map<String, String> facts, MetricName name, String side, Map<MetricName, Double> values) {
    Double value = values.get(name);
    if (value != null) {
      facts.put(name.word().replace("latency-", "latency.") + "." + side, decimal(value));
    }
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
