/// What tests want of the machine that they run on.
@NullMarked
package io.changeover.cli.machine;

import org.jspecify.annotations.NullMarked;
