@NullMarked
package io.changeover.cli.realkong;

import org.jspecify.annotations.NullMarked;
