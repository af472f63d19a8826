@NullMarked
package io.changeover.traffic.decide;

import org.jspecify.annotations.NullMarked;
