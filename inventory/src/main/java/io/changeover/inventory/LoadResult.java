package io.changeover.inventory;

import java.util.List;

/// What reading an inventory folder came to.
public sealed interface LoadResult {

  /// It can be used.
  record Loaded(Inventory inventory) implements LoadResult {}

  /// Not all of it can; these are all the reasons.
  ///
  /// @param sound the clusters of the files in which nothing is wrong
  record Invalid(List<InventoryError> errors, Inventory sound) implements LoadResult {
    public Invalid {
      errors = List.copyOf(errors);
    }
  }

  /// The inventory, as a whole.
  ///
  /// @throws InvalidInventoryException with all errors
  default Inventory orThrow() {
    return switch (this) {
      case Loaded(Inventory inventory) -> inventory;
      case Invalid(List<InventoryError> errors, Inventory _) ->
          throw new InvalidInventoryException(errors);
    };
  }
}
