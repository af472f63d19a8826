package io.changeover.inventory;

/// A condition over a measurement: `result >= 0.99 && result >= baseline - 0.01`.
///
/// Comparisons `>= <= > < == !=`, arithmetic `+ - *` and parentheses over numbers, `result` (green)
/// and `baseline` (blue, same window), joined by `&&` and `||`; `&&` binds tighter.
public final class Condition {

  sealed interface Test {}

  record And(Test left, Test right) implements Test {}

  record Or(Test left, Test right) implements Test {}

  record Comparison(Comparator operator, Term left, Term right) implements Test {}

  enum Comparator {
    AT_LEAST(">="),
    AT_MOST("<="),
    ABOVE(">"),
    BELOW("<"),
    EQUAL("=="),
    UNEQUAL("!=");

    final String sign;

    Comparator(String sign) {
      this.sign = sign;
    }
  }

  sealed interface Term {}

  record Constant(double value) implements Term {}

  record Result() implements Term {}

  record Baseline() implements Term {}

  record Sum(Term left, Term right) implements Term {}

  record Difference(Term left, Term right) implements Term {}

  record Product(Term left, Term right) implements Term {}

  private final String text;
  private final Test test;

  private Condition(String text, Test test) {
    this.text = text;
    this.test = test;
  }

  /// Reads a condition.
  ///
  /// @throws ConditionSyntaxException with the column and what was expected there
  public static Condition parse(String text) {
    return new Condition(text, new ConditionParser(text).parse());
  }

  /// Whether it holds. A measurement that is not a number makes every comparison with it false,
  /// `!=` included, so that what could not be measured never passes.
  public boolean evaluate(double result, double baseline) {
    return holds(test, result, baseline);
  }

  /// Whether it compares with blue.
  public boolean usesBaseline() {
    return usesBaseline(test);
  }

  /// The text it was read from.
  public String text() {
    return text;
  }

  private static boolean holds(Test test, double result, double baseline) {
    return switch (test) {
      case And(Test left, Test right) ->
          holds(left, result, baseline) && holds(right, result, baseline);
      case Or(Test left, Test right) ->
          holds(left, result, baseline) || holds(right, result, baseline);
      case Comparison(Comparator operator, Term left, Term right) ->
          compare(operator, value(left, result, baseline), value(right, result, baseline));
    };
  }

  private static boolean compare(Comparator operator, double left, double right) {
    if (Double.isNaN(left) || Double.isNaN(right)) {
      return false;
    }
    return switch (operator) {
      case AT_LEAST -> left >= right;
      case AT_MOST -> left <= right;
      case ABOVE -> left > right;
      case BELOW -> left < right;
      case EQUAL -> left == right;
      case UNEQUAL -> left != right;
    };
  }

  private static double value(Term term, double result, double baseline) {
    return switch (term) {
      case Constant(double value) -> value;
      case Result() -> result;
      case Baseline() -> baseline;
      case Sum(Term left, Term right) ->
          value(left, result, baseline) + value(right, result, baseline);
      case Difference(Term left, Term right) ->
          value(left, result, baseline) - value(right, result, baseline);
      case Product(Term left, Term right) ->
          value(left, result, baseline) * value(right, result, baseline);
    };
  }

  private static boolean usesBaseline(Test test) {
    return switch (test) {
      case And(Test left, Test right) -> usesBaseline(left) || usesBaseline(right);
      case Or(Test left, Test right) -> usesBaseline(left) || usesBaseline(right);
      case Comparison(Comparator _, Term left, Term right) ->
          usesBaseline(left) || usesBaseline(right);
    };
  }

  private static boolean usesBaseline(Term term) {
    return switch (term) {
      case Constant(double _) -> false;
      case Result() -> false;
      case Baseline() -> true;
      case Sum(Term left, Term right) -> usesBaseline(left) || usesBaseline(right);
      case Difference(Term left, Term right) -> usesBaseline(left) || usesBaseline(right);
      case Product(Term left, Term right) -> usesBaseline(left) || usesBaseline(right);
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Condition condition && test.equals(condition.test);
  }

  @Override
  public int hashCode() {
    return test.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
