/// Ties a child process to the life of the process that started it.
@NullMarked
package io.changeover.sandbox.leash;

import org.jspecify.annotations.NullMarked;
