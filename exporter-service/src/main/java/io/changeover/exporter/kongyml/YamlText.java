package io.changeover.exporter.kongyml;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Values as YAML 1.1, which Kong's parser reads: plain where nothing else could be meant, a block
/// for text of several lines, else in double quotes with escapes.
final class YamlText {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./@+-]*");
  private static final Pattern RESERVED =
      Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n|\\.?nan|[+-]?\\.?inf");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final StringBuilder out = new StringBuilder(512);

  /// One element of a list at the left margin.
  static String item(Map<String, ? extends @Nullable Object> fields) {
    YamlText text = new YamlText();
    String lead = "- ";
    for (var field : fields.entrySet()) {
      text.out.append(lead);
      text.entry(field.getKey(), field.getValue(), "  ");
      lead = "  ";
    }
    return text.out.toString();
  }

  private void entry(String name, @Nullable Object value, String indent) {
    out.append(scalar(name)).append(':');
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        out.append('\n');
        map.forEach(
            (key, inner) -> {
              out.append(indent).append("  ");
              entry(String.valueOf(key), inner, indent + "  ");
            });
      }
      case List<?> list when !list.isEmpty() -> {
        out.append('\n');
        list.forEach(element -> element(element, indent));
      }
      case String text when isBlock(text) -> block(text, indent + "  ");
      case null, default -> out.append(' ').append(scalar(value)).append('\n');
    }
  }

  private void element(@Nullable Object element, String indent) {
    switch (element) {
      case Map<?, ?> map when !map.isEmpty() -> {
        String lead = indent + "- ";
        for (var inner : map.entrySet()) {
          out.append(lead);
          entry(String.valueOf(inner.getKey()), inner.getValue(), indent + "  ");
          lead = indent + "  ";
        }
      }
      case List<?> list when !list.isEmpty() -> {
        out.append(indent).append("-\n");
        list.forEach(inner -> element(inner, indent + "  "));
      }
      case null, default -> out.append(indent).append("- ").append(scalar(element)).append('\n');
    }
  }

  /// Whether a text may stand in a block as it is: a first line that begins with no blank, no empty
  /// lines but the end of the last, printable characters of the basic plane.
  private static boolean isBlock(String text) {
    if (text.indexOf('\n') < 1 || text.charAt(0) == ' ') {
      return false;
    }
    char before = 'x';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean fits = c == '\n' ? before != '\n' : isReadable(c);
      if (!fits) {
        return false;
      }
      before = c;
    }
    return true;
  }

  private static boolean isReadable(int c) {
    return (c >= ' ' && c <= '~')
        || (c >= 0xa0 && c <= 0xd7ff && c != 0x2028 && c != 0x2029)
        || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff);
  }

  private void block(String text, String indent) {
    out.append(text.endsWith("\n") ? " |\n" : " |-\n");
    text.lines().forEach(line -> out.append(indent).append(line).append('\n'));
  }

  private static String scalar(@Nullable Object value) {
    return switch (value) {
      case null -> "~";
      case Plain plain -> plain.text();
      case BigDecimal number -> number.toPlainString();
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case Map<?, ?> _ -> "{}";
      case List<?> _ -> "[]";
      default -> text(value.toString());
    };
  }

  private static String text(String text) {
    if (UUID.matcher(text).matches()
        || (PLAIN.matcher(text).matches() && !RESERVED.matcher(text).matches())) {
      return text;
    }
    return text.chars().allMatch(c -> c >= ' ' && c <= '~')
        ? "'" + text.replace("'", "''") + "'"
        : quoted(text);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> character(c, quoted);
              }
            });
    return quoted.append('"').toString();
  }

  private static void character(int c, StringBuilder quoted) {
    if (isReadable(c)) {
      quoted.appendCodePoint(c);
    } else if (c <= 0xffff) {
      quoted.append("\\u%04x".formatted(c));
    } else {
      quoted.append("\\U%08x".formatted(c));
    }
  }
}
