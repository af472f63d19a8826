/// The suite on one machine: every part a supervised process of its own.
@NullMarked
package io.changeover.cli.suite;

import org.jspecify.annotations.NullMarked;
