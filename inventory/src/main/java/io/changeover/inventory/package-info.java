/// The inventory: a folder of YAML files that says which Kong clusters there are, how to reach them
/// and how to upgrade them. Start reading at [Inventory#load].
@NullMarked
package io.changeover.inventory;

import org.jspecify.annotations.NullMarked;
