package io.changeover.inventory;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which Kong Gateway a version is.
public enum Edition {
  ENTERPRISE("enterprise"),
  COMMUNITY("community");

  private static final Pattern FORM =
      Pattern.compile("\\d+\\.\\d+(\\.\\d+)?(\\.\\d+)?(?:-([^\\s,]*))?");
  private static final Pattern OPEN_SOURCE_STAGE = Pattern.compile("(?:alpha|beta|rc)\\.\\d+");

  private final String word;

  Edition(String word) {
    this.word = word;
  }

  /// The word used in inventory files and messages.
  public String word() {
    return word;
  }

  /// The edition that the form of a version tells: Enterprise has a fourth number (`2.1.4.0`,
  /// `2.2.0.0-beta1`) or names itself (`2.1.4.0-enterprise-edition`, `Kong Enterprise 2.1.4.0`),
  /// and is all there is of 0.36, since the open-source numbers went from 0.15 to 1.0. Open source
  /// has three numbers (`2.1.4`, `2.2.0-beta.1`).
  ///
  /// @param text with a version in it; the first one counts
  /// @return empty where it tells neither
  public static Optional<Edition> told(String text) {
    Matcher form = FORM.matcher(text);
    if (text.toLowerCase(Locale.ROOT).contains("enterprise")) {
      return Optional.of(ENTERPRISE);
    }
    if (!form.find()) {
      return Optional.empty();
    }
    if (form.group(2) != null || form.group().startsWith("0.36")) {
      return Optional.of(ENTERPRISE);
    }
    boolean open =
        form.group(1) != null
            && (form.group(3) == null || OPEN_SOURCE_STAGE.matcher(form.group(3)).matches());
    return open ? Optional.of(COMMUNITY) : Optional.empty();
  }
}
