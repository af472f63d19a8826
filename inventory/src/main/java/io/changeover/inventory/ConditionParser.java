package io.changeover.inventory;

import io.changeover.inventory.Condition.Comparator;
import io.changeover.inventory.Condition.Term;
import io.changeover.inventory.Condition.Test;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Recursive descent over the grammar of [Condition]. A parenthesis may hold a test or a term;
/// which of both is tried in that order from the same place.
final class ConditionParser {

  private static final int LONGEST = 1_000;
  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]+");
  private static final int DEEPEST = 50;

  private final String text;
  private int at;
  private int depth;

  ConditionParser(String text) {
    this.text = text;
  }

  Test parse() {
    if (text.length() > LONGEST) {
      throw new ConditionSyntaxException(1, text.length() + " characters", "at most " + LONGEST);
    }
    Test test = or();
    skipSpace();
    if (at < text.length()) {
      throw unexpected("`&&`, `||` or the end");
    }
    return test;
  }

  private Test or() {
    Test left = and();
    while (take("||")) {
      left = new Condition.Or(left, and());
    }
    return left;
  }

  private Test and() {
    Test left = single();
    while (take("&&")) {
      left = new Condition.And(left, single());
    }
    return left;
  }

  private Test single() {
    int start = at;
    if (take("(")) {
      Optional<Test> inner = enclosedTest();
      if (inner.isPresent()) {
        return inner.get();
      }
      at = start;
    }
    return comparison();
  }

  /// A test in parentheses, unless what is in them turns out to be a term of a comparison: `(result
  /// + 1) > 2`.
  private Optional<Test> enclosedTest() {
    enter();
    try {
      Test inner = or();
      return take(")") ? Optional.of(inner) : Optional.empty();
    } catch (ConditionSyntaxException e) {
      return Optional.empty();
    } finally {
      depth--;
    }
  }

  private Test comparison() {
    Term left = sum();
    for (Comparator comparator : List.of(Comparator.values())) {
      if (take(comparator.sign)) {
        return new Condition.Comparison(comparator, left, sum());
      }
    }
    throw unexpected("a comparison: >= <= > < == !=");
  }

  private Term sum() {
    Term left = product();
    while (true) {
      if (take("+")) {
        left = new Condition.Sum(left, product());
      } else if (take("-")) {
        left = new Condition.Difference(left, product());
      } else {
        return left;
      }
    }
  }

  private Term product() {
    Term left = atom();
    while (take("*")) {
      left = new Condition.Product(left, atom());
    }
    return left;
  }

  private Term atom() {
    if (take("(")) {
      enter();
      Term inner = sum();
      if (!take(")")) {
        throw unexpected("`)`");
      }
      depth--;
      return inner;
    }
    if (take("-")) {
      enter();
      Term negated = new Condition.Difference(new Condition.Constant(0), atom());
      depth--;
      return negated;
    }
    return number()
        .or(this::variable)
        .orElseThrow(() -> unexpected("a number, `result` or `baseline`"));
  }

  private Optional<Term> number() {
    return match(NUMBER).map(digits -> new Condition.Constant(Double.parseDouble(digits)));
  }

  private Optional<Term> variable() {
    int start = at;
    Optional<Term> variable =
        match(WORD)
            .flatMap(
                word ->
                    switch (word) {
                      case "result" -> Optional.of(new Condition.Result());
                      case "baseline" -> Optional.of(new Condition.Baseline());
                      default -> Optional.empty();
                    });
    if (variable.isEmpty()) {
      at = start;
    }
    return variable;
  }

  private void enter() {
    if (++depth > DEEPEST) {
      throw unexpected("at most " + DEEPEST + " levels");
    }
  }

  private Optional<String> match(Pattern pattern) {
    skipSpace();
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    at = matcher.end();
    return Optional.of(matcher.group());
  }

  private boolean take(String sign) {
    skipSpace();
    if (!text.startsWith(sign, at)) {
      return false;
    }
    at += sign.length();
    return true;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private ConditionSyntaxException unexpected(String expected) {
    String found = at < text.length() ? "`" + text.substring(at) + "`" : "the end";
    return new ConditionSyntaxException(at + 1, found, expected);
  }
}
