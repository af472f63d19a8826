package io.changeover.sandbox.router;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// HAProxy's Runtime API, as far as the suite uses one, in HAProxy 2.6's words. Every answer ends
/// with an empty line.
final class RuntimeApi {

  /// What a command was about and could not be done.
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String words) {
      super(words, null, false, false);
    }
  }

  private static final int MOST_WEIGHT = 256;
  private static final Map<String, RouterServer.State> STATES =
      Map.of(
          "ready", RouterServer.State.READY,
          "drain", RouterServer.State.DRAIN,
          "maint", RouterServer.State.MAINT);

  private final List<RouterBackend> backends;
  private final RuntimeTables tables;
  private final FreezeMap freeze;
  private final Runnable stateChanged;

  /// @param stateChanged runs after a server's state was set
  RuntimeApi(
      List<RouterBackend> backends, RuntimeTables tables, FreezeMap freeze, Runnable stateChanged) {
    this.backends = backends;
    this.tables = tables;
    this.freeze = freeze;
    this.stateChanged = stateChanged;
  }

  /// The answer to one line, which may hold several commands with semicolons between them.
  String answer(String line) {
    StringBuilder answers = new StringBuilder();
    for (String command : line.split(";", -1)) {
      answers.append(one(command.strip())).append('\n');
    }
    return answers.toString();
  }

  private String one(String command) {
    String[] words = command.split("\\s+");
    try {
      return switch (words[0]) {
        case "show" -> show(words);
        case "set" -> set(words);
        case "add", "clear" -> map(words);
        case "get" -> weightOf(target(words, 2));
        case "enable", "disable" -> able(words);
        default -> unknown(command);
      };
    } catch (Refused refused) {
      return refused.getMessage() + "\n";
    }
  }

  private static String unknown(String command) {
    return "Unknown command: '" + command + "'.\n";
  }

  private String show(String[] words) throws Refused {
    String what = words.length > 1 ? words[1] : "";
    return switch (what) {
      case "info" -> tables.info();
      case "version" -> tables.version() + "\n";
      case "stat" -> stat(words);
      case "map" -> words.length > 2 ? map(words) : freeze.list();
      case "servers" -> {
        if (words.length < 3 || !words[2].equals("state")) {
          yield unknown(String.join(" ", words));
        }
        List<RouterBackend> shown =
            words.length > 3
                ? List.of(backend(words[3]).orElseThrow(() -> new Refused("Can't find backend.")))
                : backends;
        yield tables.serversState(shown);
      }
      default -> unknown(String.join(" ", words));
    };
  }

  private String stat(String[] words) throws Refused {
    String proxy = words.length > 2 ? words[2] : "-1";
    boolean all = proxy.equals("-1") || proxy.equals("*");
    if (!all && backend(proxy).isEmpty() && !tables.isFrontend(proxy)) {
      throw new Refused("No such proxy.");
    }
    int types = words.length > 3 && words[3].matches("-?\\d+") ? Integer.parseInt(words[3]) : -1;
    return tables.stat(all ? "" : proxy, types);
  }

  private String set(String[] words) throws Refused {
    String what = words.length > 1 ? words[1] : "";
    if (what.equals("weight")) {
      weight(target(words, 2), words.length > 3 ? words[3] : "");
      return "";
    }
    if (what.equals("map")) {
      return map(words);
    }
    if (!what.equals("server")) {
      return unknown(String.join(" ", words));
    }
    RouterServer server = target(words, 2);
    String field = words.length > 3 ? words[3] : "";
    String value = words.length > 4 ? words[4] : "";
    switch (field) {
      case "weight" -> weight(server, value);
      case "state" -> state(server, STATES.get(value));
      default -> throw new Refused("usage: set server <backend>/<server> state | weight");
    }
    return "";
  }

  /// `VERB map FILE [KEY WORD]`.
  private String map(String[] words) throws Refused {
    if (words.length < 3 || !words[1].equals("map")) {
      return unknown(String.join(" ", words));
    }
    if (!words[2].equals(FreezeMap.FILE)) {
      throw new Refused("Unknown map identifier. Please use #<id> or <file>.");
    }
    String key = words.length > 3 ? words[3] : "";
    String word = words.length > 4 ? words[4] : "";
    switch (words[0]) {
      case "show" -> {
        return freeze.entries();
      }
      case "add" -> freeze.add(key, word);
      case "clear" -> freeze.clear();
      default -> {
        if (!freeze.set(key, word)) {
          throw new Refused("entry not found.");
        }
      }
    }
    return "";
  }

  private String able(String[] words) throws Refused {
    RouterServer server = target(words, 2);
    state(server, words[0].equals("enable") ? RouterServer.State.READY : RouterServer.State.MAINT);
    return "";
  }

  private void state(RouterServer server, RouterServer.@Nullable State state) throws Refused {
    if (state == null) {
      throw new Refused("'set server <srv> state' expects 'ready', 'drain' and 'maint'.");
    }
    server.state(state);
    backends.forEach(RouterBackend::newRound);
    stateChanged.run();
  }

  private void weight(RouterServer server, String text) throws Refused {
    boolean relative = text.endsWith("%");
    String digits = relative ? text.substring(0, text.length() - 1) : text;
    if (!digits.matches("\\d{1,6}")) {
      throw new Refused("Empty weight string empty or preceded by garbage");
    }
    int number = Integer.parseInt(digits);
    int weight = relative ? server.initialWeight() * number / 100 : number;
    if (weight > MOST_WEIGHT) {
      throw new Refused("Absolute weight can only be between 0 and 256 inclusive.");
    }
    server.weight(weight);
    backends.forEach(RouterBackend::newRound);
  }

  private static String weightOf(RouterServer server) {
    return server.weight() + " (initial " + server.initialWeight() + ")\n";
  }

  private RouterServer target(String[] words, int at) throws Refused {
    String name = words.length > at ? words[at] : "";
    int slash = name.indexOf('/');
    if (slash < 0) {
      throw new Refused("Require 'backend/server'.");
    }
    RouterBackend backend =
        backend(name.substring(0, slash)).orElseThrow(() -> new Refused("No such backend."));
    return backend
        .server(name.substring(slash + 1))
        .orElseThrow(() -> new Refused("No such server."));
  }

  private Optional<RouterBackend> backend(String name) {
    return backends.stream().filter(backend -> backend.name().equals(name)).findFirst();
  }
}
