/// Calls of the `kong` command: its words, a prefix of their own, secrets masked, ended by SIGTERM.
/// Nothing here throws for an exit code.
@NullMarked
package io.changeover.worker.kong;

import org.jspecify.annotations.NullMarked;
