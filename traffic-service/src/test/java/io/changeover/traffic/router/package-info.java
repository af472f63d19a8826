@NullMarked
package io.changeover.traffic.router;

import org.jspecify.annotations.NullMarked;
