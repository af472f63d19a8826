package io.changeover.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "result >= 0.99; 0.99; 0; true",
        "result >= 0.99; 0.98; 0; false",
        "result <= 5; 5; 0; true",
        "result < 5; 5; 0; false",
        "result > 5; 5; 0; false",
        "result == 1; 1; 0; true",
        "result != 1; 1; 0; false",
        "result != 1; 2; 0; true",
        "result >= baseline - 0.01; 0.98; 0.99; true",
        "result >= baseline - 0.01; 0.97; 0.99; false",
        "result <= baseline * 1.2 + 5; 125; 100; true",
        "result <= baseline * 1.2 + 5; 126; 100; false",
        "1 - 2 - 3 == -4; 0; 0; true",
        "2 + 3 * 4 == 14; 0; 0; true",
        "(2 + 3) * 4 == 20; 0; 0; true",
        "-(2 - 5) == 3; 0; 0; true",
        "result > 1 && baseline > 1 || result < 0; -1; 0; true",
        "result > 1 && (baseline > 1 || result < 0); -1; 0; false",
        "((result > 1)); 2; 0; true",
        "(result + 1) * 2 > 5 && result<9; 2; 0; true",
        "1e2 == 100; 0; 0; true",
      })
  void holds_as_its_words_say(String text, double result, double baseline, boolean holds) {
    assertThat(Condition.parse(text).evaluate(result, baseline)).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"result >= 0", "result < 9", "result != 5", "result == result"})
  void never_holds_for_what_could_not_be_measured(String text) {
    assertThat(Condition.parse(text).evaluate(Double.NaN, 1)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "result; column 7: the end; a comparison",
        "result >=; column 10: the end; a number, `result` or `baseline`",
        "result >= 0.9 and result < 2; column 15: `and result < 2`; `&&`, `||` or the end",
        "resul > 1; column 1: `resul > 1`; a number, `result` or `baseline`",
        "result > 1 &&; column 14: the end; a number, `result` or `baseline`",
        "(result > 1; column 9: `> 1`; `)`",
        "result / 2 > 1; column 8: `/ 2 > 1`; a comparison",
      })
  void says_where_it_is_wrong_and_what_belongs_there(String text, String found, String expected) {
    assertThatThrownBy(() -> Condition.parse(text))
        .isInstanceOfSatisfying(
            ConditionSyntaxException.class,
            e -> {
              assertThat(e.found()).isEqualTo(found);
              assertThat(e.expected()).startsWith(expected);
            });
  }

  @Test
  void is_not_read_deeper_or_longer_than_makes_sense() {
    assertThatThrownBy(() -> Condition.parse("(".repeat(500) + "result" + ")".repeat(500) + " > 1"))
        .isInstanceOf(ConditionSyntaxException.class);
    assertThatThrownBy(() -> Condition.parse("-".repeat(900) + "1 > 1"))
        .isInstanceOf(ConditionSyntaxException.class);
    assertThatThrownBy(() -> Condition.parse("result > 1" + " ".repeat(2000)))
        .isInstanceOf(ConditionSyntaxException.class);
  }

  @Test
  void knows_whether_it_needs_blue() {
    assertThat(Condition.parse("result > 1 || 2 * (baseline + 1) > 1").usesBaseline()).isTrue();
    assertThat(Condition.parse("result > 1").usesBaseline()).isFalse();
  }
}
