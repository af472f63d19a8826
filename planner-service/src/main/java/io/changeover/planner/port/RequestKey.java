package io.changeover.planner.port;

/// What makes a request the same as another one.
///
/// @param cluster the cluster it is about
/// @param id the sender's id
public record RequestKey(String cluster, String id) {}
