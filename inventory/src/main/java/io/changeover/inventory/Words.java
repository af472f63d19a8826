package io.changeover.inventory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Maps that keep the order of the file or of the enum.
final class Words {

  private Words() {}

  static <T> Map<String, T> of(T[] values, Function<T, String> word) {
    Map<String, T> words = new LinkedHashMap<>();
    for (T value : values) {
      words.put(word.apply(value), value);
    }
    return Collections.unmodifiableMap(words);
  }

  static <A, B> Map<String, B> mapped(Map<String, A> from, BiFunction<String, A, B> function) {
    Map<String, B> to = new LinkedHashMap<>();
    from.forEach((key, value) -> to.put(key, function.apply(key, value)));
    return Collections.unmodifiableMap(to);
  }
}
