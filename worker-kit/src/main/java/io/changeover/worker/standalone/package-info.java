/// Looks at clusters that no planner commanded: the same works, without Kafka.
@NullMarked
package io.changeover.worker.standalone;

import org.jspecify.annotations.NullMarked;
