/// Tests of the migrator-service.
@NullMarked
package io.changeover.migrator;

import org.jspecify.annotations.NullMarked;
