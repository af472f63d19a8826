@NullMarked
package io.changeover.sandbox.kong;

import org.jspecify.annotations.NullMarked;
