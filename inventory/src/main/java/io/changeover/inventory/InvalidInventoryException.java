package io.changeover.inventory;

import java.util.List;
import java.util.stream.Collectors;

/// An inventory that can't be used, with everything that is wrong in it.
public final class InvalidInventoryException extends RuntimeException {

  private final transient List<InventoryError> errors;

  InvalidInventoryException(List<InventoryError> errors) {
    super(errors.stream().map(InventoryError::toString).collect(Collectors.joining("\n")));
    this.errors = List.copyOf(errors);
  }

  /// All errors of all files.
  public List<InventoryError> errors() {
    return errors;
  }
}
