package io.changeover.migrator.preflight.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.report.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// The Dev Portal of Kong Enterprise, whose files a person must change by hand where a hop leads to
/// 2.1, and its application registration, which was in beta before that. From Enterprise's
/// documentation; no Enterprise was seen.
///
/// @param version of blue as the inventory has it: a beta says so
public record PortalChecks(String version, Release blue, Release green) implements ContentCheck {

  private static final Release FIRST = new Release(2, 1, 0);
  private static final List<String> FILE = List.of("path");

  /// Ends of the paths of what 2.1 replaces.
  private static final List<String> REPLACED =
      List.of(
          "applications/view.txt",
          "_app.html",
          "create-app.html",
          "edit-app.html",
          "view-app.html",
          "footer.html",
          "required-scripts.html");

  @Override
  public String name() {
    return "the Dev Portal";
  }

  @Override
  public <X extends Exception> void look(Content<X> content, Findings findings) throws X {
    boolean crossing = blue.compareTo(FIRST) < 0 && green.compareTo(FIRST) >= 0;
    if (crossing) {
      files(content, findings);
    }
    if (crossing || version.toLowerCase(Locale.ROOT).contains("beta")) {
      applications(content, findings);
    }
  }

  private static <X extends Exception> void files(Content<X> content, Findings findings) throws X {
    if (!content.has("files", "path") || !content.any("files")) {
      findings.fact("portal.none", "there is no Dev Portal", "files: no such table, or no rows");
      return;
    }
    TreeSet<String> paths = new TreeSet<>();
    content.rows("files", FILE, _ -> true).forEach(row -> paths.add(Rows.text(row, "path")));
    List<String> replaced = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (String end : REPLACED) {
      List<String> found = paths.stream().filter(path -> path.endsWith(end)).toList();
      replaced.addAll(found);
      if (found.isEmpty()) {
        absent.add("…" + end);
      }
    }
    findings.warning(
        "portal.files",
        "the Dev Portal does not work on " + FIRST + " until its files are changed by hand",
        "SELECT path FROM files: "
            + paths.size()
            + " paths, the theme's js app-0fcefa7 "
            + (paths.stream().anyMatch(path -> path.contains("app-0fcefa7"))
                ? "is among them"
                : "is not among them"),
        "create the theme's js app-0fcefa7, its markdown layout and its two css; replace "
            + words(replaced)
            + (absent.isEmpty() ? "" : "; put in place what is not there: " + words(absent))
            + "; delete "
            + words(paths.stream().filter(PortalChecks::dashboard).toList())
            + "; add `app_version: 0fcefa7` to portal.conf.yaml; then approve the gate dev-portal");
  }

  private static boolean dashboard(String path) {
    return path.contains("dashboard") && path.endsWith(".js");
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
