package io.changeover.migrator.observe;

import io.changeover.inventory.Edition;
import io.changeover.inventory.KongVersion;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One build of Kong, as far as a text tells it: `2.1.4`, `2.1.4.0-enterprise-edition`, `Kong
/// Enterprise 2.2.0.0-beta1`.
///
/// @param fourth Enterprise's own number behind the base
/// @param stage `beta1` and so on of what came before a release
/// @param edition empty where neither numbers nor suffix tell it
public record Build(
    Release release, Optional<Integer> fourth, Optional<String> stage, Optional<Edition> edition) {

  private static final Pattern FORM =
      Pattern.compile("(?:\\d+\\.){2}\\d+(?:\\.(\\d{1,5}))?(?:-(alpha|beta|rc)\\.?(\\d{1,5}))?");
  private static final Pattern HEADER =
      Pattern.compile("\\bkong(-enterprise-edition)?/(\\d[^\\s,]*)");

  /// How what was seen fits what was expected.
  public enum Fit {
    SAME,
    OTHER,
    /// Nothing speaks against it, and it leaves open what the expectation names.
    UNTOLD
  }

  /// The first version in a text, such as the line that `kong version` prints.
  public static Optional<Build> in(String text) {
    return Release.in(text).map(release -> of(release, text, Edition.told(text)));
  }

  /// The version that a `Via` or `Server` header names, if it is Kong's: `kong/2.2.2`. Nobody else
  /// of the chain is listened to.
  public static Optional<Build> inHeader(String header) {
    Matcher kong = HEADER.matcher(header);
    return kong.find()
        ? in(kong.group(2) + (kong.group(1) == null ? "" : " Enterprise"))
        : Optional.empty();
  }

  /// What the inventory says of a version; empty when it can't be read.
  public static Optional<Build> of(KongVersion version) {
    return of(version.number(), Optional.of(version.edition()));
  }

  /// A version that somebody wrote down with its edition, or without it; empty when it can't be
  /// read.
  public static Optional<Build> of(String version, Optional<Edition> edition) {
    return Release.in(version).map(release -> of(release, version, edition));
  }

  private static Build of(Release release, String text, Optional<Edition> edition) {
    Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
    return form.find()
        ? new Build(
            release,
            Optional.ofNullable(form.group(1)).map(Integer::valueOf),
            Optional.ofNullable(form.group(2)).map(stage -> stage + form.group(3)),
            edition)
        : new Build(release, Optional.empty(), Optional.empty(), edition);
  }

  /// Whether another text can be about this build.
  public Fit fit(Build seen) {
    boolean other =
        !release.equals(seen.release)
            || differ(fourth, seen.fourth)
            || differ(edition, seen.edition)
            || (seen.stage.isPresent() && !seen.stage.equals(stage));
    if (other) {
      return Fit.OTHER;
    }
    boolean untold =
        leavesOpen(fourth, seen.fourth)
            || leavesOpen(edition, seen.edition)
            || leavesOpen(stage, seen.stage);
    return untold ? Fit.UNTOLD : Fit.SAME;
  }

  private static boolean differ(Optional<?> one, Optional<?> other) {
    return one.isPresent() && other.isPresent() && !one.equals(other);
  }

  private static boolean leavesOpen(Optional<?> expected, Optional<?> seen) {
    return expected.isPresent() && seen.isEmpty();
  }

  @Override
  public String toString() {
    return release
        + fourth.map(number -> "." + number).orElse("")
        + stage.map(word -> "-" + word).orElse("");
  }

  /// The numbers and the edition.
  public String told() {
    return this
        + edition
            .map(
                known ->
                    switch (known) {
                      case COMMUNITY -> " of Community";
                      case ENTERPRISE -> " of Enterprise";
                    })
            .orElse(" of an edition that it does not tell");
  }
}
