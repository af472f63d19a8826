/// One upgrade of a stand-in cluster under load, from nothing to a table of what happened.
@NullMarked
package io.changeover.cli.demo;

import org.jspecify.annotations.NullMarked;
