/// What the world looks like: sealed readings, each with a case for what could not be read.
@NullMarked
package io.changeover.migrator.observe;

import org.jspecify.annotations.NullMarked;
