/// Round trips of everything that is written down, and journals that were tampered with.
@NullMarked
package io.changeover.planner.journal;

import org.jspecify.annotations.NullMarked;
