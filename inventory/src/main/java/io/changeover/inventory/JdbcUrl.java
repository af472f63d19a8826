package io.changeover.inventory;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What may be said of a JDBC URL that an operator gave, which may carry a password.
///
/// PostgreSQL's driver takes any of its settings as `?name=value&…`, `password` and `sslpassword`
/// among them, and repeats the whole URL in its own messages ("Unable to parse URL …").
public final class JdbcUrl {
  private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s]*@");
  private static final Pattern PASSWORD =
      Pattern.compile("(?i)([a-z]*pass(?:word|wd)?)=[^&\\s,;\"']*");

  private JdbcUrl() {}

  /// The URL for a log or a terminal: without what follows `?`, and without a user before `@`.
  public static String shown(String url) {
    int settings = url.indexOf('?');
    return USER_INFO.matcher(settings < 0 ? url : url.substring(0, settings)).replaceAll("//");
  }

  /// Whether it carries a password, which then stands in the list of processes too.
  public static boolean carriesPassword(String url) {
    Matcher user = USER_INFO.matcher(url);
    return PASSWORD.matcher(url).find() || (user.find() && user.group().indexOf(':') > 0);
  }

  /// What the driver said about it, on one line, without what [#shown] leaves out.
  public static String said(String url, SQLException failure) {
    String text = String.valueOf(failure.getMessage()).replace(url, shown(url));
    return PASSWORD.matcher(text).replaceAll("$1=****").lines().findFirst().orElse("");
  }
}
