package io.changeover.inventory;

import java.util.List;

/// What reading an inventory folder came to.
public sealed interface LoadResult {

  /// It can be used.
  record Loaded(Inventory inventory) implements LoadResult {}

  /// It can't; these are all the reasons.
  record Invalid(List<InventoryError> errors) implements LoadResult {
    public Invalid {
      errors = List.copyOf(errors);
    }
  }

  /// The inventory.
  ///
  /// @throws InvalidInventoryException with all errors
  default Inventory orThrow() {
    return switch (this) {
      case Loaded(Inventory inventory) -> inventory;
      case Invalid(List<InventoryError> errors) -> throw new InvalidInventoryException(errors);
    };
  }
}
