@NullMarked
package io.changeover.schemas;

import org.jspecify.annotations.NullMarked;
