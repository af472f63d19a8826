@NullMarked
package io.changeover.traffic.log;

import org.jspecify.annotations.NullMarked;
