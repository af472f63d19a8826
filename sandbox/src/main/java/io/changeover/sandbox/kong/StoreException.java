package io.changeover.sandbox.kong;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A store said no, or nothing. The message is in Kong's words, without the store's name in
/// brackets.
public final class StoreException extends KongException {
  /// What went wrong, as far as somebody would act on it.
  public enum Kind {
    PRIMARY_KEY,
    UNIQUE,
    FOREIGN_KEY,
    UNSUPPORTED,
    UNREACHABLE,
    OTHER
  }

  private final Kind kind;
  private final transient Map<String, String> fields;

  StoreException(Kind kind, String message, Map<String, String> fields, @Nullable Throwable cause) {
    super(message);
    if (cause != null) {
      initCause(cause);
    }
    this.kind = kind;
    this.fields = Map.copyOf(fields);
  }

  public Kind kind() {
    return kind;
  }

  /// The fields whose values collide or lead nowhere.
  public Map<String, String> fields() {
    return fields;
  }
}
