package io.changeover.sandbox.kong;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes YAML in the manner of Kong's exports: `~` for null, quotes only where they are needed,
/// `|` for text of several lines.
final class YamlText {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z/_.][\\w ./@+:=#$%^()~-]*[\\w/.=)+-]|[A-Za-z/_]");
  private static final Pattern MEANS_SOMETHING_ELSE =
      Pattern.compile(
          "(?i)true|false|yes|no|on|off|null|y|n|~|\\.inf|\\.nan|.*: .*|.* #.*|\\d.*e\\d+");
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+(:\\d+)?");

  private final Writer out;

  YamlText(Writer out) {
    this.out = out;
  }

  void line(String text) throws IOException {
    out.write(text);
    out.write('\n');
  }

  /// One element of a list at the left margin.
  void item(Map<String, ? extends @Nullable Object> fields) throws IOException {
    String lead = "- ";
    for (var field : fields.entrySet()) {
      out.write(lead);
      entry(field.getKey(), field.getValue(), "  ");
      lead = "  ";
    }
  }

  private void entry(String name, @Nullable Object value, String indent) throws IOException {
    out.write(scalar(name));
    out.write(':');
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        out.write('\n');
        for (var inner : map.entrySet()) {
          out.write(indent + "  ");
          entry(String.valueOf(inner.getKey()), inner.getValue(), indent + "  ");
        }
      }
      case List<?> list when !list.isEmpty() -> {
        out.write('\n');
        for (Object element : list) {
          element(element, indent);
        }
      }
      case String text when text.contains("\n") -> block(text, indent + "  ");
      case null, default -> line(" " + scalar(value));
    }
  }

  private void element(@Nullable Object element, String indent) throws IOException {
    if (element instanceof Map<?, ?> map && !map.isEmpty()) {
      String lead = indent + "- ";
      for (var inner : map.entrySet()) {
        out.write(lead);
        entry(String.valueOf(inner.getKey()), inner.getValue(), indent + "  ");
        lead = indent + "  ";
      }
    } else {
      line(indent + "- " + scalar(element));
    }
  }

  private void block(String text, String indent) throws IOException {
    line(text.endsWith("\n") ? " |" : " |-");
    for (String part : text.lines().toList()) {
      line(part.isEmpty() ? "" : indent + part);
    }
  }

  private static String scalar(@Nullable Object value) {
    return switch (value) {
      case null -> "~";
      case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
          Long.toString(number.longValue());
      case Double number -> java.math.BigDecimal.valueOf(number).toPlainString();
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case Map<?, ?> empty -> "{}";
      case List<?> empty -> "[]";
      default -> text(value.toString());
    };
  }

  private static String text(String text) {
    boolean plain =
        UUID.matcher(text).matches()
            || ADDRESS.matcher(text).matches()
            || (PLAIN.matcher(text).matches() && !MEANS_SOMETHING_ELSE.matcher(text).matches());
    return plain ? text : "'" + text.replace("'", "''") + "'";
  }
}
