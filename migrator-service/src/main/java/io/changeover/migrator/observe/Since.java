package io.changeover.migrator.observe;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Since when Kong does something: from one version on, or, where a patch brought it to an older
/// line too, from one version of each line on.
///
/// @param firsts the first version of each line that has it, older ones first
public record Since(List<Build> firsts) {

  public Since {
    firsts = List.copyOf(firsts);
  }

  /// By numbers as they are written: `2.0`, or Enterprise's own `2.1.4.3` and `2.2.1.0`.
  public static Since of(String... firsts) {
    return new Since(Arrays.stream(firsts).map(first -> Build.in(first).orElseThrow()).toList());
  }

  /// Whether a step from one build to the other brings it. Of a version that does not tell
  /// Enterprise's own number nobody knows, so that it may.
  public boolean between(Build from, Build to) {
    return !in(from) && in(to, Integer.MAX_VALUE);
  }

  /// Whether a build has it for certain.
  public boolean in(Build build) {
    return in(build, 0);
  }

  /// What counts is the first version of the build's own line, or else of the newest line before.
  private boolean in(Build build, int untold) {
    return firsts.stream()
        .filter(first -> line(first).compareTo(line(build)) <= 0)
        .reduce((_, newer) -> newer)
        .filter(first -> notAfter(first, build, untold))
        .isPresent();
  }

  private static boolean notAfter(Build first, Build build, int untold) {
    int order = first.release().compareTo(build.release());
    return order < 0 || (order == 0 && first.fourth().orElse(0) <= build.fourth().orElse(untold));
  }

  private static Release line(Build build) {
    return new Release(build.release().major(), build.release().minor(), 0);
  }

  @Override
  public String toString() {
    return firsts.stream().map(Since::words).collect(Collectors.joining(" and "));
  }

  private static String words(Build first) {
    boolean whole = first.fourth().isEmpty() && first.release().patch() == 0;
    return whole ? first.release().major() + "." + first.release().minor() : first.toString();
  }
}
