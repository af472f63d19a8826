package io.changeover.migrator.preflight.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.migrator.observe.Build;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.report.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The Dev Portal of Kong Enterprise, whose files a person must change by hand where a hop leads to
/// 1.3, 1.5 or 2.1, and its application registration, which was in beta before 2.1. From
/// Enterprise's documentation; no Enterprise was seen.
public record PortalChecks(Build blue, Release green) implements ContentCheck {

  private static final Release REWRITTEN = new Release(1, 3, 0);
  private static final Release FIRST = new Release(2, 1, 0);
  private static final List<String> FILE = List.of("path");

  /// What a version has changed of the files.
  ///
  /// @param sign part of the path of a new js file
  /// @param created in words
  /// @param replaced ends of paths
  /// @param deleted a path without it
  /// @param last what is to be done then
  private record Theme(
      Release since,
      String sign,
      String created,
      List<String> replaced,
      Predicate<String> deleted,
      String last) {}

  private static final List<Theme> THEMES =
      List.of(
          new Theme(
              new Release(1, 5, 0),
              "dashboard-6616db8",
              "four pages of applications (create, edit, index, view), their four layouts and _app.html,"
                  + " and the theme's js dashboard-6616db8 and swagger-ui-kong-theme-1edc216",
              List.of(
                  "header.html",
                  "swagger-ui-kong-theme.css",
                  "system/dashboard.html",
                  "invalidate-verification.html",
                  "resend-verification.html",
                  "reset-password.html",
                  "system/settings.html",
                  "spec-renderer.html",
                  "verify-account.html"),
              path ->
                  path.endsWith("dashboard-6ae0d66.min.js")
                      || path.endsWith("swagger-ui-kong-theme-667aef9.min.js"),
              ""),
          new Theme(
              FIRST,
              "app-0fcefa7",
              "the theme's js app-0fcefa7, its markdown layout and its two css",
              List.of(
                  "applications/view.txt",
                  "_app.html",
                  "create-app.html",
                  "edit-app.html",
                  "view-app.html",
                  "footer.html",
                  "required-scripts.html"),
              path -> path.contains("dashboard") && path.endsWith(".js"),
              "; add `app_version: 0fcefa7` to portal.conf.yaml; then approve the gate dev-portal"));

  @Override
  public String name() {
    return "the Dev Portal";
  }

  @Override
  public <X extends Exception> void look(Content<X> content, Findings findings) throws X {
    if (crosses(REWRITTEN)) {
      rewritten(content, findings);
    }
    for (Theme theme : THEMES) {
      if (crosses(theme.since())) {
        files(content, theme, findings);
      }
    }
    if (crosses(FIRST) || blue.stage().filter(stage -> stage.startsWith("beta")).isPresent()) {
      applications(content, findings);
    }
  }

  private boolean crosses(Release since) {
    return blue.release().compareTo(since) < 0 && green.compareTo(since) >= 0;
  }

  /// 0.36 names its files in another way, so that only their being there is asked for.
  private static <X extends Exception> void rewritten(Content<X> content, Findings findings)
      throws X {
    if (!content.has("files", "id") || !content.any("files")) {
      none(findings);
      return;
    }
    findings.warning(
        "portal.files",
        "the Dev Portal of before does not work on " + REWRITTEN + ", which has other templates",
        "SELECT id FROM files: has rows",
        "set `portal_is_legacy` of green to `on`, which keeps it as it is, or make its specs and its"
            + " theme anew after the hop");
  }

  private static void none(Findings findings) {
    findings.fact("portal.none", "there is no Dev Portal", "files: no such table, or no rows");
  }

  private static <X extends Exception> void files(
      Content<X> content, Theme theme, Findings findings) throws X {
    if (!content.has("files", "path") || !content.any("files")) {
      none(findings);
      return;
    }
    TreeSet<String> paths = new TreeSet<>();
    content.rows("files", FILE, _ -> true).forEach(row -> paths.add(Rows.text(row, "path")));
    List<String> replaced = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (String end : theme.replaced()) {
      List<String> found = paths.stream().filter(path -> path.endsWith(end)).toList();
      replaced.addAll(found);
      if (found.isEmpty()) {
        absent.add("…" + end);
      }
    }
    findings.warning(
        "portal.files",
        "the Dev Portal does not work on " + theme.since() + " until its files are changed by hand",
        "SELECT path FROM files: %d paths, the theme's js %s %s among them"
            .formatted(
                paths.size(),
                theme.sign(),
                paths.stream().anyMatch(path -> path.contains(theme.sign())) ? "is" : "is not"),
        "create "
            + theme.created()
            + "; replace "
            + words(replaced)
            + (absent.isEmpty() ? "" : "; put in place what is not there: " + words(absent))
            + "; delete "
            + words(paths.stream().filter(theme.deleted()).toList())
            + theme.last());
  }

  private static String words(List<String> paths) {
    return paths.isEmpty() ? "nothing" : String.join(", ", paths);
  }

  private static <X extends Exception> void applications(Content<X> content, Findings findings)
      throws X {
    List<String> columns = List.of("id", "name");
    List<JsonNode> plugins =
        content.has(Plugin.TABLE, "name")
            ? content.rows(
                Plugin.TABLE,
                columns,
                row ->
                    Rows.text(row, "name").contains("application-registration")
                        || Rows.text(row, "name").contains("app-registration"))
            : List.of();
    boolean instances =
        content.has("application_instances", "id") && content.any("application_instances");
    if (!plugins.isEmpty() || instances) {
      findings.warning(
          "portal.application-registration",
          "application registration of the Dev Portal was in beta: it must be configured afresh on "
              + FIRST,
          Rows.evidence(columns, Plugin.TABLE, "named application-registration", plugins)
              + "; application_instances "
              + (instances ? "has rows" : "has none"),
          "note its settings now, and configure the plugin again after the hop to " + FIRST);
    }
  }
}
