/// Kafka: the intake of requests and reports, the relay of the journal, the topic for what can't be
/// taken.
@NullMarked
package io.changeover.planner.shell.kafka;

import org.jspecify.annotations.NullMarked;
