package io.changeover.schemas;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Whether all topics have the same number of partitions. The journal's number decides: its entries
/// are evidence that nothing brings back, and no topic can be given fewer partitions.
record CoPartitioning(Map<String, Integer> partitions) {
  CoPartitioning {
    partitions = Map.copyOf(partitions);
  }

  /// What is odd, and what to do about each topic; empty where nothing is.
  Optional<String> fault() {
    int wanted = of(Topics.JOURNAL);
    List<String> odd = Topics.ALL.stream().filter(topic -> of(topic) != wanted).toList();
    if (odd.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        ("Expected all topics to have the same number of partitions, found %s (partitions=topics)."
                + " Nothing was changed. Keep %s as it is, and never delete it: it is the evidence,"
                + " and nothing brings it back. Stop all services, give the others its %d"
                + " partitions, and start again with CHANGEOVER_PARTITIONS=%d. %s")
            .formatted(
                found(),
                Topics.JOURNAL,
                wanted,
                wanted,
                odd.stream()
                    .map(topic -> topic + ": " + remedy(topic, wanted) + ".")
                    .collect(Collectors.joining(" "))));
  }

  private int of(String topic) {
    return Objects.requireNonNull(partitions.get(topic), topic);
  }

  private Map<Integer, List<String>> found() {
    return Topics.ALL.stream()
        .collect(Collectors.groupingBy(this::of, TreeMap::new, Collectors.toList()));
  }

  private String remedy(String topic, int wanted) {
    return switch (topic) {
      case Topics.REJECTED ->
          of(topic) < wanted
              ? "add partitions (kafka-topics.sh --alter), which keeps what is in it"
              : "copy its records to a file, which are evidence too, then delete it; a service"
                  + " makes it again";
      case Topics.REQUESTS ->
          "delete it once the planner has read all of it; a service makes it again, and who asked"
              + " for something that was not read asks again";
      default ->
          "delete it; a service makes it again, and the planner sends a command again whose reports"
              + " do not come";
    };
  }
}
