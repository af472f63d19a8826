package io.changeover.sandbox.kong;

/// Places in the real Kong's sources that are part of its messages. The stand-in has no Lua inside.
final class Lua {
  static final String ROOT = "/usr/local/share/lua/5.1/kong/";
  static final String NO_STACK = "\t[stand-in]: no Lua stack to show";

  private Lua() {}

  /// `…/cmd/utils/migrations.lua:LINE: ` and what follows.
  static String migrations(int line, String words) {
    return ROOT + "cmd/utils/migrations.lua:" + line + ": " + words;
  }

  /// `…/cmd/start.lua:LINE: ` and what follows.
  static String start(int line, String words) {
    return ROOT + "cmd/start.lua:" + line + ": " + words;
  }

  /// How an error inside the cluster's mutex comes out.
  static String mutex(Store store, String words) {
    return "["
        + store.title()
        + " error] cluster_mutex callback threw an error: "
        + words
        + "\nstack traceback:\n"
        + NO_STACK;
  }
}
