/// The thin shell around the core: a batch of records becomes one transaction ([BatchTransaction]),
/// timers become inputs ([Timers]), what the journal says is published ([kafka.Relay]).
@NullMarked
package io.changeover.planner.shell;

import org.jspecify.annotations.NullMarked;
