package io.changeover.inventory;

/// A secret that the inventory refers to and this machine does not have. The message names the
/// reference only.
public final class UnresolvedSecretException extends RuntimeException {

  UnresolvedSecretException(String message) {
    super(message);
  }
}
