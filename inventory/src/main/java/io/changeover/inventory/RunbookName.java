package io.changeover.inventory;

/// The name under which a runbook is asked for. Letters, digits, `.`, `_` and `-`.
public record RunbookName(String value) {

  @Override
  public String toString() {
    return value;
  }
}
