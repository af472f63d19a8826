/// The traffic-service: moves, watches and fences the traffic of clusters at their routers. Start
/// reading at [io.changeover.traffic.act.ShiftPhase].
@NullMarked
package io.changeover.traffic;

import org.jspecify.annotations.NullMarked;
