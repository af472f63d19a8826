/// The planner: decides, and nothing else does. A pure core ([core]) in a thin shell ([shell]).
@NullMarked
package io.changeover.planner;

import org.jspecify.annotations.NullMarked;
