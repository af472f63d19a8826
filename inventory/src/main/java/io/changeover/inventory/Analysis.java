package io.changeover.inventory;

import java.time.Duration;
import java.util.List;

/// What is measured at a step, in the words of Argo Rollouts.
///
/// @param interval between two measurements
/// @param count of measurements per metric
/// @param minimumRequests requests on green that make one measurement conclusive
public record Analysis(Duration interval, int count, long minimumRequests, List<Metric> metrics) {}
