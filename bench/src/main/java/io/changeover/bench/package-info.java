/// Benchmarks: the planner end to end ([PlannerBench]), JMH for its parts, and package `export`.
@NullMarked
package io.changeover.bench;

import org.jspecify.annotations.NullMarked;
