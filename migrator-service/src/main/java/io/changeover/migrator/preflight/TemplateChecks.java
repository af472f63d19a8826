package io.changeover.migrator.preflight;

import io.changeover.inventory.Node;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.report.Findings;
import java.util.List;
import java.util.stream.Stream;

/// Does green start with an Nginx template of somebody's own? Such a template replaces the one that
/// comes with Kong, and was written beside the one of an older version. A script or a service unit
/// may hide the flag; then nothing is said.
public final class TemplateChecks {

  private static final String FLAG = "--nginx-conf";

  private TemplateChecks() {}

  /// Looks at the words that green's nodes are started with.
  public static void look(Release from, Release to, List<Node> green, Findings findings) {
    List<String> own =
        green.stream().filter(TemplateChecks::hasTemplate).map(Node::name).sorted().toList();
    if (!from.equals(to) && !own.isEmpty()) {
      findings.warning(
          "nginx.template",
          "green starts with an Nginx template of your own, which replaces the one of " + to,
          "`" + FLAG + "` in the inventory's `start` or `command` of " + String.join(", ", own),
          "make it anew from the template of "
              + to
              + " unless you have compared that with the one of "
              + from);
    }
  }

  private static boolean hasTemplate(Node node) {
    return Stream.concat(node.command().stream(), node.start().stream().flatMap(List::stream))
        .anyMatch(word -> word.equals(FLAG) || word.startsWith(FLAG + "="));
  }
}
