package io.changeover.traffic.router;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the Runtime API's answers. HAProxy tells errors in plain text in the answer's place, so
/// everything is checked for its shape first. Columns are found by name; they grow from version to
/// version.
///
/// Source of the formats: HAProxy's management guide ("show servers state", "show stat", "show
/// info"), checked on 2.6.12.
final class HaproxyAnswers {

  private static final int MAINT_BITS = 0x01 | 0x02 | 0x20;
  private static final int DRAIN_BITS = 0x08 | 0x10;
  private static final int CHECK_ENABLED = 0x04;

  /// An answer of another shape than expected.
  static final class UnexpectedAnswer extends Exception {
    private final String words;

    UnexpectedAnswer(String expected, String answer) {
      super("expected " + expected);
      this.words = "expected " + expected + ", but the router said: " + gist(answer);
    }

    String words() {
      return words;
    }
  }

  private HaproxyAnswers() {}

  /// The first words of an answer, for people.
  static String gist(String answer) {
    String line = answer.strip().lines().findFirst().orElse("nothing");
    return line.length() <= 160 ? line : line.substring(0, 160) + "…";
  }

  /// `show info`: the lines `Key: value`.
  static Map<String, String> keyValues(String answer) throws UnexpectedAnswer {
    Map<String, String> pairs = new HashMap<>();
    answer
        .lines()
        .forEach(
            line -> {
              int colon = line.indexOf(": ");
              if (colon > 0) {
                pairs.putIfAbsent(line.substring(0, colon), line.substring(colon + 2).strip());
              }
            });
    if (!pairs.containsKey("Version") || !pairs.containsKey("Pid")) {
      throw new UnexpectedAnswer("`Version:` and `Pid:` lines", answer);
    }
    return pairs;
  }

  /// `show servers state`: rows by server name.
  static Map<String, Map<String, String>> serverStates(String answer) throws UnexpectedAnswer {
    List<String> lines = answer.lines().filter(line -> !line.isBlank()).toList();
    if (lines.size() < 2
        || !lines.get(0).strip().equals("1")
        || !lines.get(1).startsWith("# be_id ")) {
      throw new UnexpectedAnswer("version 1 of the servers' state", answer);
    }
    return rows(lines.subList(1, lines.size()), " ", "srv_name", answer);
  }

  /// `show stat`: rows by server name.
  static Map<String, Map<String, String>> statistics(String answer) throws UnexpectedAnswer {
    List<String> lines = answer.lines().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty() || !lines.getFirst().startsWith("# pxname,")) {
      throw new UnexpectedAnswer("statistics as CSV", answer);
    }
    return rows(lines, ",", "svname", answer);
  }

  private static Map<String, Map<String, String>> rows(
      List<String> lines, String separator, String key, String answer) throws UnexpectedAnswer {
    String[] columns = lines.getFirst().substring(2).split(separator, -1);
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] values = line.split(separator, -1);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < Math.min(columns.length, values.length); i++) {
        row.put(columns[i], values[i]);
      }
      String name = row.get(key);
      if (name == null) {
        throw new UnexpectedAnswer("a column " + key, answer);
      }
      rows.put(name, row);
    }
    return rows;
  }

  /// Joins both answers into servers, in the order of the configuration file.
  static List<Server> servers(
      Map<String, Map<String, String>> states, Map<String, Map<String, String>> statistics)
      throws UnexpectedAnswer {
    List<Server> servers = new ArrayList<>();
    for (Map.Entry<String, Map<String, String>> entry : states.entrySet()) {
      Map<String, String> counts = statistics.get(entry.getKey());
      if (counts == null) {
        throw new UnexpectedAnswer("statistics of " + entry.getKey(), "none");
      }
      servers.add(server(entry.getKey(), entry.getValue(), counts));
    }
    return List.copyOf(servers);
  }

  private static Server server(String name, Map<String, String> state, Map<String, String> counts)
      throws UnexpectedAnswer {
    return new Server(
        name,
        (int) required(state, "srv_uweight"),
        (int) required(state, "srv_iweight"),
        admin((int) required(state, "srv_admin_state")),
        oper((int) required(state, "srv_op_state")),
        ((int) number(state, "srv_check_state") & CHECK_ENABLED) != 0,
        required(counts, "scur"),
        number(counts, "ttime"),
        counters(counts));
  }

  private static Counters counters(Map<String, String> counts) throws UnexpectedAnswer {
    long answered =
        number(counts, "hrsp_2xx")
            + number(counts, "hrsp_3xx")
            + number(counts, "hrsp_4xx")
            + number(counts, "hrsp_5xx")
            + number(counts, "hrsp_other");
    return new Counters(
        required(counts, "stot") - number(counts, "wretr"),
        answered,
        number(counts, "hrsp_5xx"),
        number(counts, "econ"),
        number(counts, "wredis"),
        number(counts, "eresp"));
  }

  private static AdminState admin(int bits) {
    if ((bits & MAINT_BITS) != 0) {
      return AdminState.MAINT;
    }
    return (bits & DRAIN_BITS) != 0 ? AdminState.DRAIN : AdminState.READY;
  }

  private static OperState oper(int code) throws UnexpectedAnswer {
    OperState[] all = OperState.values();
    if (code < 0 || code >= all.length) {
      throw new UnexpectedAnswer("an operational state from 0 to 3", String.valueOf(code));
    }
    return all[code];
  }

  private static long required(Map<String, String> row, String column) throws UnexpectedAnswer {
    if (row.getOrDefault(column, "").isBlank()) {
      throw new UnexpectedAnswer("a value for " + column, "none");
    }
    return number(row, column);
  }

  private static long number(Map<String, String> row, String column) throws UnexpectedAnswer {
    String text = row.getOrDefault(column, "").strip();
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new UnexpectedAnswer("a number for " + column, text);
    }
  }
}
