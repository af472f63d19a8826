package io.changeover.sandbox.kong.hybrid;

import io.changeover.sandbox.kong.Profile;

/// What differs between hybrid mode of 2.1 and of 2.2.
enum Generation {
  /// Data planes are listed in memory; only a control plane's own changes are pushed, each at once;
  /// a data plane pings after it has applied a configuration, and does not end while it is
  /// connected.
  OF_2_1("true", "rw-rw-rw-", "182", "439", "81", "164"),
  /// Data planes are rows; changes of others are pushed too, at most one push in
  /// `db_update_frequency`; a data plane pings before it applies.
  OF_2_2("0".repeat(32), "rw-------", "196", "", "", "");

  private final String hashOfNothing;
  private final String cachePermissions;
  private final String updateLine;
  private final String cacheLine;
  private final String writeLine;
  private final String frameLine;

  Generation(
      String hashOfNothing,
      String cachePermissions,
      String updateLine,
      String cacheLine,
      String writeLine,
      String frameLine) {
    this.hashOfNothing = hashOfNothing;
    this.cachePermissions = cachePermissions;
    this.updateLine = updateLine;
    this.cacheLine = cacheLine;
    this.writeLine = writeLine;
    this.frameLine = frameLine;
  }

  static Generation of(Profile profile) {
    return profile.routeBuffering() ? OF_2_2 : OF_2_1;
  }

  /// What a data plane tells before it has ever applied a configuration. That of 2.1 was seen only
  /// to be not 32 long.
  String hashOfNothing() {
    return hashOfNothing;
  }

  String cachePermissions() {
    return cachePermissions;
  }

  String refused(String why) {
    return at(updateLine) + "unable to update running config: " + bad(why);
  }

  String refusedCache(String why) {
    return at(cacheLine) + "init_worker(): unable to running config from cache: " + bad(why);
  }

  String unwritable(String file) {
    return at(writeLine)
        + "update_config(): unable to open cache file: "
        + file
        + ": Permission denied";
  }

  String brokenFrame() {
    return at(frameLine)
        + "error while receiving frame from control plane: failed to receive the first 2 bytes:"
        + " closed";
  }

  String unconnected(String address, String why, long seconds) {
    String retrying = "retrying after " + seconds + " seconds";
    return at("")
        + "connection to control plane "
        + address
        + " broken: "
        + why
        + (this == OF_2_1 ? " " + retrying : " (" + retrying + ")");
  }

  private static String bad(String why) {
    return "bad config received from control plane " + why;
  }

  /// The line in Kong's source where it was seen in the log.
  private static String at(String line) {
    return "[lua] clustering.lua:" + (line.isEmpty() ? "" : line + ":") + " ";
  }
}
