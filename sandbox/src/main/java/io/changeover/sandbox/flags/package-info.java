/// Command lines of the sandbox's small programs.
@NullMarked
package io.changeover.sandbox.flags;

import org.jspecify.annotations.NullMarked;
