/// Tables, walks and the closing test of the core.
@NullMarked
package io.changeover.planner.core;

import org.jspecify.annotations.NullMarked;
