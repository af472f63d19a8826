@NullMarked
package io.changeover.cli.compose;

import org.jspecify.annotations.NullMarked;
