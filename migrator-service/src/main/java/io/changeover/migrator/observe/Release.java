package io.changeover.migrator.observe;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The base of a Kong version. Enterprise adds to it (`2.1.4.0-enterprise-edition`), so that two
/// versions are the same release when these three numbers are.
public record Release(int major, int minor, int patch) implements Comparable<Release> {

  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,5})\\.(\\d{1,5})(?:\\.(\\d{1,5}))?");
  private static final Pattern HEADER =
      Pattern.compile("\\bkong(?:-enterprise-edition)?/(\\d[^\\s,]*)");

  /// The first version number in a text, such as the line that `kong version` prints.
  public static Optional<Release> in(String text) {
    Matcher matcher = NUMBERS.matcher(text);
    return matcher.find() ? Optional.of(of(matcher)) : Optional.empty();
  }

  /// The release that a `Via` or `Server` header names, if it is Kong's: `kong/2.2.2`.
  public static Optional<Release> inHeader(String header) {
    Matcher matcher = HEADER.matcher(header);
    return matcher.find() ? in(matcher.group(1)) : Optional.empty();
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
