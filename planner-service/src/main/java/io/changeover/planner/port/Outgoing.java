package io.changeover.planner.port;

import java.util.Map;

/// A message that a decision sends. Key is the cluster's name.
///
/// @param topic where to
/// @param headers all of its headers, in order
/// @param body the encoded message
@SuppressWarnings("ArrayRecordComponent") // bytes pass through and are never compared
public record Outgoing(String topic, Map<String, String> headers, byte[] body) {}
