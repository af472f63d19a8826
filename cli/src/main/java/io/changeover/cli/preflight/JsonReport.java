package io.changeover.cli.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.changeover.cli.preflight.ClusterResult.Verdict;
import io.changeover.cli.preflight.Found.Severity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Results for programs. The fields are described in `preflight.schema.json` beside this class; a
/// field that goes, or means something else, makes a new [#FORMAT].
public final class JsonReport {

  /// Names the fields and their meaning.
  public static final String FORMAT = "changeover.preflight/1";

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonReport() {}

  /// The whole report.
  public static String of(List<ClusterResult> results, Instant at) {
    Map<String, Object> totals = new LinkedHashMap<>();
    totals.put("clusters", results.size());
    for (Verdict verdict : Verdict.values()) {
      totals.put(verdict.word(), TableText.count(results, verdict));
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("format", FORMAT);
    report.put("at", at.toString());
    report.put("totals", totals);
    report.put("clusters", results.stream().map(JsonReport::cluster).toList());
    try {
      return MAPPER.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Expected to write the report, but " + e.getOriginalMessage(), e);
    }
  }

  private static Map<String, Object> cluster(ClusterResult result) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", result.name());
    object.put("file", result.file());
    object.put("topology", result.topology());
    object.put("from", result.from());
    object.put("to", result.to());
    object.put("path", result.path());
    object.put("procedure", result.procedure());
    object.put("downtime", result.downtime());
    object.put("verdict", result.verdict().word());
    object.put("blockers", result.count(Severity.BLOCKER));
    object.put("warnings", result.count(Severity.WARNING));
    object.put("findings", result.findings().stream().map(JsonReport::finding).toList());
    return object;
  }

  private static Map<String, Object> finding(Found found) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("severity", found.severity().word());
    object.put("code", found.code());
    object.put("by", found.by());
    object.put("message", found.message());
    object.put("evidence", found.evidence());
    object.put("remedy", found.remedy());
    return object;
  }
}
