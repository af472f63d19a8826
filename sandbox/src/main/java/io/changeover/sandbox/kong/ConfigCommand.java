package io.changeover.sandbox.kong;

import java.util.Map;
import java.util.Set;

/// `kong config db_export|db_import|parse|init`.
final class ConfigCommand {
  static final Arguments.Grammar GRAMMAR =
      new Arguments.Grammar(
          Map.of("c", "conf", "p", "prefix"), Set.of("v", "vv", "help"), Set.of("conf", "prefix"), Set.of());
  static final Set<String> SUBCOMMANDS = Set.of("db_export", "db_import", "parse", "init");

  private final Call call;

  ConfigCommand(Call call) {
    this.call = call;
  }

  int run(String subcommand) {
    throw new KongException("the stand-in has no config " + subcommand + " yet: " + call.profile().version());
  }
}
