package io.changeover.sandbox.kong;

import java.util.List;
import java.util.Map;

/// One situation of the conformance table: a state of the database, what is done before, one
/// command, and what it must say.
record Situation(
    String name,
    List<String> covers,
    String version,
    String given,
    List<String> sql,
    List<String> admin,
    List<String> first,
    List<String> then,
    Map<String, String> env,
    List<String> run,
    int exit,
    List<String> out,
    List<String> err,
    boolean unordered) {

  /// Whether it leaves the database as it found it.
  boolean onlyReads() {
    return run.size() > 1
        && (run.get(1).equals("list") || run.get(1).equals("parse"))
        && sql.isEmpty()
        && admin.isEmpty()
        && first.isEmpty();
  }

  String title() {
    return version + ": " + name;
  }
}
