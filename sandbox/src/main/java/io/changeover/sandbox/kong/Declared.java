package io.changeover.sandbox.kong;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The configuration of a node without a database: it comes from a file or over the Admin API, and
/// is lost with the process.
public interface Declared {

  /// Reads the file of the settings that the node was started with. What was posted is lost.
  ///
  /// @throws KongException in Kong's words; the configuration is then as before
  void reread();

  /// Takes a declarative configuration as text, YAML or JSON.
  ///
  /// @param unlessSame whether a text that is already in use is to be left alone
  /// @return all rows by entity and id, or empty when the text was left alone
  /// @throws KongException when it is not valid; the configuration is then as before
  Optional<Map<String, Map<String, Map<String, @Nullable Object>>>> replace(
      String text, boolean unlessSame);

  /// Takes a declarative configuration that was read already; one with nothing but its format is an
  /// empty configuration.
  ///
  /// @throws KongException when it is not valid; the configuration is then as before
  void take(Map<?, ?> content);
}
