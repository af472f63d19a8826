/// What the planner's shell must offer to the part that turns records into decisions.
@NullMarked
package io.changeover.planner.port;

import org.jspecify.annotations.NullMarked;
