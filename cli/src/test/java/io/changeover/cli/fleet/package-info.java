/// Many clusters at once, with workers that are state machines.
@NullMarked
package io.changeover.cli.fleet;

import org.jspecify.annotations.NullMarked;
