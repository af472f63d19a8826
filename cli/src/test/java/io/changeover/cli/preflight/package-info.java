@NullMarked
package io.changeover.cli.preflight;

import org.jspecify.annotations.NullMarked;
