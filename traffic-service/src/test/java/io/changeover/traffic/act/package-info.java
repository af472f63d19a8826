@NullMarked
package io.changeover.traffic.act;

import org.jspecify.annotations.NullMarked;
