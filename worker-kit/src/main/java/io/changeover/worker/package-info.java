/// What a worker needs besides its work: commands are accepted, run with a limit, watched, reported
/// and cancelled here. Start reading at [PhaseWork], then [CommandRunner].
@NullMarked
package io.changeover.worker;

import org.jspecify.annotations.NullMarked;
