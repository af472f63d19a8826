package io.changeover.planner.core;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A Kong version: three or four numeric parts and perhaps a suffix, such as `2.1.4`,
/// `2.2.0.0-beta1` or `2.1.4.0-enterprise-edition`. Compared by number; of equal numbers, an alpha,
/// beta or release candidate comes before the release. Other suffixes name an edition and do not
/// order.
///
/// Behind a plus stands a label of the inventory's own: `2.2.2+oauth2` is 2.2.2 on other nodes,
/// with other plugins. Kong knows nothing of it, and it does not order either.
///
/// @param label without the plus, empty for none
public record KongVersion(List<Integer> parts, String suffix, String label)
    implements Comparable<KongVersion> {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?(?:-([0-9A-Za-z.-]+))?"
              + "(?:\\+([0-9A-Za-z.-]+))?");
  private static final Pattern BEFORE_RELEASE = Pattern.compile("(alpha|beta|rc)\\.?(\\d{0,6}).*");
  private static final int RELEASE = Integer.MAX_VALUE;

  public KongVersion {
    parts = List.copyOf(parts);
  }

  /// Reads a version; empty when it does not have the form.
  public static Optional<KongVersion> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String fourth = matcher.group(4) == null ? "0" : matcher.group(4);
    String suffix = matcher.group(5) == null ? "" : matcher.group(5);
    String label = matcher.group(6) == null ? "" : matcher.group(6);
    List<Integer> parts =
        Arrays.asList(matcher.group(1), matcher.group(2), matcher.group(3), fourth).stream()
            .map(Integer::valueOf)
            .toList();
    return Optional.of(new KongVersion(parts, suffix, label));
  }

  /// The newest of these that can be read. One with a label only where no other is left: which
  /// nodes are meant is for people to say.
  public static Optional<String> newest(Stream<String> versions) {
    Comparator<KongVersion> usual = Comparator.comparing(version -> version.label().isEmpty());
    return versions
        .filter(version -> parse(version).isPresent())
        .max(
            Comparator.comparing(
                version -> parse(version).orElseThrow(),
                usual.thenComparing(Comparator.naturalOrder())));
  }

  /// Whether both are one version of Kong, on nodes of their own.
  static boolean relabelled(String from, String to) {
    return parse(from).isPresent()
        && parse(to).isPresent()
        && number(from).equals(number(to))
        && !from.equals(to);
  }

  /// A version without its label.
  static String number(String version) {
    return version.split("\\+", 2)[0];
  }

  /// `2.1` of `2.1.4`: what decides the path.
  public String minor() {
    return parts.get(0) + "." + parts.get(1);
  }

  @Override
  public int compareTo(KongVersion other) {
    for (int i = 0; i < parts.size(); i++) {
      int compared = Integer.compare(parts.get(i), other.parts.get(i));
      if (compared != 0) {
        return compared;
      }
    }
    return Long.compare(stage(), other.stage());
  }

  private long stage() {
    Matcher matcher = BEFORE_RELEASE.matcher(suffix.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return RELEASE;
    }
    long kind = List.of("alpha", "beta", "rc").indexOf(matcher.group(1));
    long number = matcher.group(2).isEmpty() ? 0 : Long.parseLong(matcher.group(2));
    return kind * 1_000_000 + number;
  }
}
