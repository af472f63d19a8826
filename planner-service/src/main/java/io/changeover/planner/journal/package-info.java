/// The journal: how inputs, events and states become records, how entries are chained, and how a
/// journal is checked without access to anything else.
@NullMarked
package io.changeover.planner.journal;

import org.jspecify.annotations.NullMarked;
