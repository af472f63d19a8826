package io.changeover.planner.core;

/// One metric of an analysis, in the words of Argo Rollouts. The planner carries it from the
/// inventory to the traffic worker and does not look inside.
public record Metric(
    String name,
    String successCondition,
    String failureCondition,
    int failureLimit,
    int consecutiveErrorLimit,
    int inconclusiveLimit) {}
