/// Benchmarks: the planner end to end ([PlannerBench]), and JMH for its parts.
@NullMarked
package io.changeover.bench;

import org.jspecify.annotations.NullMarked;
