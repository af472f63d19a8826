/// The `changeover` command: every verb is one small class; those that change something send one
/// message.
@NullMarked
package io.changeover.cli;

import org.jspecify.annotations.NullMarked;
