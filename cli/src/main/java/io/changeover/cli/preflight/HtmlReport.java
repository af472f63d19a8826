package io.changeover.cli.preflight;

import io.changeover.cli.preflight.ClusterResult.Verdict;
import io.changeover.cli.preflight.Found.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/// Results of an estate as one HTML file that loads nothing: for people, on screen and on paper.
/// Its content policy lets no script run but its own, whatever a name holds.
public final class HtmlReport {

  private final StringBuilder html = new StringBuilder();
  private final List<ClusterResult> results;
  private final Instant at;

  private HtmlReport(List<ClusterResult> results, Instant at) {
    this.results = results;
    this.at = at;
  }

  /// The whole file.
  public static String of(List<ClusterResult> results, Instant at) {
    return new HtmlReport(results, at).whole();
  }

  private String whole() {
    head();
    overview();
    html.append("<h2 id=\"findings\">Findings by cluster</h2>\n");
    for (int i = 0; i < results.size(); i++) {
      details(results.get(i), i);
    }
    html.append("</main>\n<script>").append(resource("report.js")).append("</script>\n");
    return html.append("</body>\n</html>\n").toString();
  }

  private void head() {
    String style = resource("report.css");
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .append(
            "style-src '%s'; script-src '%s'\">\n"
                .formatted(hash(style), hash(resource("report.js"))))
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .append("<title>Preflight of %d clusters</title>\n".formatted(results.size()))
        .append("<style>")
        .append(style)
        .append("</style>\n</head>\n<body>\n<main>\n<h1>Preflight</h1>\n<p>");
    text(TableText.totals(results));
    html.append(", looked at by <time>");
    text(at.toString());
    html.append("</time>. Nothing was changed.</p>\n");
  }

  private void overview() {
    html.append(
        """
        <form class="filter" role="search" aria-label="Filter clusters">
        <label>Search <input type="search" id="words" autocomplete="off"></label>
        <label>Verdict <select id="verdict"><option value="">all</option>""");
    for (Verdict verdict : Verdict.values()) {
      html.append("<option>").append(verdict.word()).append("</option>");
    }
    html.append(
        """
        </select></label>
        <output id="shown" aria-live="polite"></output>
        </form>
        <table id="estate">
        <caption>Clusters; a column's button sorts by it</caption>
        <thead><tr>""");
    for (String column :
        List.of("Cluster", "From → to", "Path", "Procedure", "Downtime", "Verdict")) {
      column(column, "text");
    }
    column("Blockers", "number");
    column("Warnings", "number");
    column("First cause", "text");
    html.append("</tr></thead>\n<tbody>\n");
    for (int i = 0; i < results.size(); i++) {
      row(results.get(i), i);
    }
    html.append("</tbody>\n</table>\n");
  }

  private void column(String name, String kind) {
    html.append("<th scope=\"col\" data-kind=\"")
        .append(kind)
        .append("\"><button type=\"button\">");
    text(name);
    html.append("</button></th>");
  }

  private void row(ClusterResult result, int index) {
    String verdict = result.verdict().word();
    html.append("<tr data-verdict=\"%s\" data-details=\"c%d\">".formatted(verdict, index))
        .append("<th scope=\"row\"><a href=\"#c%d\">".formatted(index));
    text(result.name());
    html.append("</a></th>");
    cell(TableText.move(result));
    cell(TableText.way(result));
    cell(result.procedure());
    cell(downtime(result));
    html.append("<td><span class=\"mark %s\">%s</span></td>".formatted(verdict, verdict));
    html.append("<td class=\"number\">%d</td>".formatted(result.count(Severity.BLOCKER)));
    html.append("<td class=\"number\">%d</td>".formatted(result.count(Severity.WARNING)));
    cell(result.firstCause().map(Found::message).orElse(""));
    html.append("</tr>\n");
  }

  private static String downtime(ClusterResult result) {
    if (result.path().isEmpty()) {
      return "unknown";
    }
    return result.downtime().isEmpty() ? "none" : String.join("; ", result.downtime());
  }

  private void details(ClusterResult result, int index) {
    html.append("<details id=\"c%d\"><summary><h3>".formatted(index));
    text(result.name());
    html.append("</h3> <span class=\"mark %1$s\">%1$s</span> ".formatted(result.verdict().word()));
    text(
        "%d blockers, %d warnings"
            .formatted(result.count(Severity.BLOCKER), result.count(Severity.WARNING)));
    html.append("</summary>\n<dl>");
    pair("Inventory", result.file());
    pair("Topology", result.topology());
    pair("Versions", TableText.move(result));
    pair("Path", TableText.way(result));
    pair("Procedure", result.procedure());
    pair("Downtime", downtime(result));
    html.append("</dl>\n<table><caption>Findings of ");
    text(result.name());
    html.append("</caption>\n<thead><tr>");
    for (String column : List.of("Severity", "Code", "Seen by", "What", "Evidence", "What to do")) {
      html.append("<th scope=\"col\">").append(column).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    result.findings().forEach(this::finding);
    html.append("</tbody></table>\n</details>\n");
  }

  private void finding(Found found) {
    String word = found.severity().word();
    html.append(
        "<tr><td><span class=\"mark %1$s\">%1$s</span></td><th scope=\"row\">".formatted(word));
    text(found.code());
    html.append("</th>");
    cell(found.by());
    cell(found.message());
    html.append("<td><code>");
    text(found.evidence());
    html.append("</code></td>");
    cell(found.remedy());
    html.append("</tr>\n");
  }

  private void pair(String name, String value) {
    html.append("<div><dt>").append(name).append("</dt><dd>");
    text(value);
    html.append("</dd></div>");
  }

  private void cell(String value) {
    html.append("<td>");
    text(value);
    html.append("</td>");
  }

  /// The only way for anything from outside into the file.
  private void text(String value) {
    for (int i = 0; i < value.length(); i++) {
      char at = value.charAt(i);
      switch (at) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        case '\n', '\t' -> html.append(at);
        default -> html.append(Character.isISOControl(at) ? '\uFFFD' : at);
      }
    }
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected every JVM to know SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
