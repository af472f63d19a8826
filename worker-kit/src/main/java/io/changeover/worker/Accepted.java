package io.changeover.worker;

import io.changeover.messages.PhaseCommand;
import org.apache.kafka.common.TopicPartition;

/// A command with where it came from.
///
/// @param traceparent the trace it belongs to; empty for none
record Accepted(PhaseCommand command, TopicPartition partition, String traceparent) {}
