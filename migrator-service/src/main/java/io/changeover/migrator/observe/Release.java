package io.changeover.migrator.observe;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The base of a Kong version. Enterprise adds to it (`2.1.4.0-enterprise-edition`), so that two
/// versions are the same release when these three numbers are. [Build] tells them apart.
public record Release(int major, int minor, int patch) implements Comparable<Release> {

  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,5})\\.(\\d{1,5})(?:\\.(\\d{1,5}))?");

  /// The first version number in a text, such as the line that `kong version` prints.
  public static Optional<Release> in(String text) {
    Matcher matcher = NUMBERS.matcher(text);
    return matcher.find() ? Optional.of(of(matcher)) : Optional.empty();
  }

  private static Release of(Matcher matcher) {
    String patch = matcher.group(3);
    return new Release(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        patch == null ? 0 : Integer.parseInt(patch));
  }

  @Override
  public int compareTo(Release other) {
    int byMajor = Integer.compare(major, other.major);
    int byMinor = byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
    return byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
